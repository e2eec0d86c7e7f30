import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { meQuery } from "../../api/session";
import type { EffectiveRights } from "../../api/types";
import { RightsPage } from "./RightsPage";

vi.mock("@tanstack/react-router", () => ({
  Link: () => null,
  getRouteApi: () => ({ useParams: () => ({ personId: "7" }) }),
  useNavigate: () => () => {},
  useRouter: () => ({}),
}));

afterEach(cleanup);

const rights: EffectiveRights = {
  person: { id: 7, name: "林小满" },
  active: true,
  org_name: "苏州",
  role_names: ["新人销售"],
  rights: [],
  missing: [],
  price_limit: { depth: "2", rounding: "5.00" },
};

function shown(price_limit: EffectiveRights["price_limit"]) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(meQuery.queryKey, { id: 1, name: "小管", rights: [] } as never);
  cache.setQueryData(["people", 7, "rights"], { ...rights, price_limit });
  render(
    <QueryClientProvider client={cache}>
      <RightsPage />
    </QueryClientProvider>,
  );
}

it("says with the rights how far somebody may go below the tier price, where a limit binds", () => {
  shown(rights.price_limit);
  screen.getByText("让价上限：单价最多比等级价低 2%，抹零最多 5.00 元。");
  cleanup();
  shown(null);
  expect(screen.queryByText(/让价上限/)).toBeNull();
});
