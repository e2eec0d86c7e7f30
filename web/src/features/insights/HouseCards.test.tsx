import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, it, vi } from "vitest";
import type { BackupList } from "../../api/types";
import { managing, PLACES } from "../../app/navigation";
import { HouseCards } from "./HouseCards";

vi.mock("@tanstack/react-router", () => ({
  Link: ({ to, children }: { to: string; children: ReactNode }) => <a href={to}>{children}</a>,
}));

const RIGHTS = ["people.read", "company.write", "audit.read"];
const places = managing(PLACES.filter(({ needs }) => needs === undefined || RIGHTS.includes(needs)));

const backups: BackupList = { failed: null, items: [], keeps: 7, making: false, minute: 120 };
const at = Date.parse("2019-11-30T02:00:00+08:00");
const made = { name: "a.huxi", bytes: 1, made_at: at, missing: 0 };

/** The cards, each by where it leads, with what it says. */
function cards(list: BackupList) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(["backups"], list);
  const shown = render(
    <QueryClientProvider client={cache}>
      <HouseCards places={places} />
    </QueryClientProvider>,
  );
  const found = [...shown.container.querySelectorAll("a")].map((one) => [
    one.getAttribute("href"),
    one.querySelector("small")?.textContent,
  ]);
  shown.unmount();
  return Object.fromEntries(found) as Record<string, string>;
}

it("leads whoever manages to each of those pages, and says what is found there", () => {
  const shown = cards({ ...backups, items: [made] });
  expect(Object.keys(shown)).toEqual(["/people", "/people/orgs", "/company", "/audit", "/backups"]);
  expect(shown["/audit"]).toBe("谁在什么时候做了什么，改前改后");
  expect(Object.values(shown).every(Boolean)).toBe(true);
});

it("says how the last backup went, and that there is none", () => {
  const told = (list: Partial<BackupList>) => cards({ ...backups, ...list })["/backups"];
  expect(told({ items: [made] })).toBe("最近一份 2019年11月30日 02:00，核对无误");
  expect(told({ items: [{ ...made, missing: 2 }] })).toBe("最近一份 2019年11月30日 02:00，缺 2 个文件");
  expect(told({ items: [made], failed: { at, reason: "磁盘满了" } })).toBe(
    "2019年11月30日 02:00 没有做成：磁盘满了",
  );
  expect(told({})).toBe("还没有备份");
});
