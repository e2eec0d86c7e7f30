import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import { meQuery } from "../../api/session";
import { MePage } from "./MePage";

const screenOf = vi.hoisted(() => ({ phone: false }));
vi.mock("../../parts/useIsPhone", () => ({ useIsPhone: () => screenOf.phone }));
vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, children }: { to: string; children: ReactNode }) => <a href={to}>{children}</a>,
  useNavigate: () => () => {},
  useRouter: () => ({}),
}));

/** Where the page of somebody with these rights leads, in its order. */
function leadsTo(phone: boolean, rights: string[]) {
  screenOf.phone = phone;
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const me = { id: 1, name: "小管", account: "gly", rights, role_names: ["管理员"] };
  cache.setQueryData(meQuery.queryKey, {
    ...me,
    company: { name: "苏建材" },
    org: { name: "总部" },
  } as never);
  const shown = render(
    <QueryClientProvider client={cache}>
      <MePage />
    </QueryClientProvider>,
  );
  const links = [...shown.container.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  shown.unmount();
  return links;
}

const ADMINISTRATOR = ["people.read", "company.write", "audit.read"];
const OWN = "/people/$personId/rights";

it("leads to what is not in the bar: on a phone to every other page, on a wide screen to nothing twice", () => {
  expect(leadsTo(false, ADMINISTRATOR)).toEqual([OWN]);
  expect(leadsTo(true, ADMINISTRATOR)).toEqual([
    "/tasks",
    "/notices",
    "/people/orgs",
    "/company",
    "/audit",
    "/backups",
    OWN,
  ]);
});

it("keeps the settings of whoever has other work", () => {
  const owner = ["quote.read", "order.read", "people.read", "audit.read"];
  expect(leadsTo(false, owner)).toEqual(["/company", "/people", "/people/orgs", "/audit", OWN]);
  expect(leadsTo(true, owner)).toEqual([
    "/tasks",
    "/orders",
    "/notices",
    "/people/orgs",
    "/audit",
    "/company",
    OWN,
  ]);
});
