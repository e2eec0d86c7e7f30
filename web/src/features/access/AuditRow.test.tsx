import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { meQuery } from "../../api/session";
import type { AuditEntry } from "../../api/types";
import { dayOf, serverNow } from "../../parts/format";
import { AuditRow } from "./AuditRow";

vi.mock("@tanstack/react-router", () => ({
  Link: ({
    children,
    to,
    params,
    search,
  }: {
    children: string;
    to: string;
    params: object;
    search?: object;
  }) => <a href={JSON.stringify([to, params, search ?? {}])}>{children}</a>,
}));

const signed: AuditEntry = {
  id: 1,
  at: 0,
  actor: null,
  customer: "客户 吴经理（客户链接）",
  kind: "quote.signed",
  kind_name: "客户签约",
  entity: "quote",
  entity_name: "报价单",
  entity_id: 7,
  object: "SZ26-000007",
  opens: true,
  changes: [{ name: "确认码给出人", before: null, after: "林小满" }],
  compare: null,
  draft_id: null,
};

it("names the customer who acted on a link, and the program where nobody did", () => {
  const cache = new QueryClient();
  cache.setQueryData(meQuery.queryKey, { rights: [] } as never);
  const row = (entry: AuditEntry) => (
    <QueryClientProvider client={cache}>
      <AuditRow row={entry} />
    </QueryClientProvider>
  );
  const shown = render(row(signed));
  expect(screen.getByText("客户 吴经理（客户链接）")).toBeTruthy();
  expect(shown.container.textContent).toContain("林小满");
  shown.rerender(row({ ...signed, customer: null }));
  expect(screen.getByText("程序")).toBeTruthy();
  shown.unmount();
});

it("writes days and moments as the other pages do, and leaves any other value as it is", () => {
  const cache = new QueryClient();
  cache.setQueryData(meQuery.queryKey, { rights: [] } as never);
  const changes = [
    { name: "生效时间", before: null, after: "2019-12-01 09:30:00" },
    { name: "签约日期", before: "2019-01-31", after: "2019-11-30" },
    { name: "到期", before: null, after: `${dayOf(serverNow()).slice(0, 4)}-11-30` },
    { name: "名称", before: null, after: "phone 2019-11-30" },
  ];
  const shown = render(
    <QueryClientProvider client={cache}>
      <AuditRow row={{ ...signed, changes }} />
    </QueryClientProvider>,
  );
  const told = [...shown.container.querySelectorAll("li li")].map((one) =>
    one.textContent?.replace(/ +/g, " "),
  );
  expect(told).toEqual([
    "生效时间 2019年12月1日 09:30",
    "签约日期 2019年1月31日 → 2019年11月30日",
    "到期 11月30日",
    "名称 phone 2019-11-30",
  ]);
  shown.unmount();
});

const published: AuditEntry = {
  ...signed,
  kind: "release.published",
  kind_name: "发布配置",
  entity: "config_item",
  entity_name: "配置",
  entity_id: 5,
  object: "全国价目表",
  changes: [{ name: "改动", before: null, after: "修改 12 行" }],
  compare: { from: 7, to: 8 },
};

/** The links of an entry as somebody with these rights sees them: each its word and where it leads. */
function linksOf(entry: AuditEntry, rights: string[]) {
  const cache = new QueryClient();
  cache.setQueryData(meQuery.queryKey, { rights } as never);
  const shown = render(
    <QueryClientProvider client={cache}>
      <AuditRow row={entry} />
    </QueryClientProvider>,
  );
  const links = [...shown.container.querySelectorAll("a")];
  const found = links.map((link) => [link.textContent, JSON.parse(link.getAttribute("href") ?? "")]);
  shown.unmount();
  return found;
}

it("leads from a publication to what it changed, and from an import to its draft", () => {
  const item = ["全国价目表", ["/config/items/$itemId", { itemId: "5" }, {}]];
  const compared = { tab: "compare", from: 7, to: 8 };
  expect(linksOf(published, ["config.read"])).toEqual([
    item,
    ["看差异", ["/config/items/$itemId", { itemId: "5" }, compared]],
  ]);
  const imported = { ...published, kind: "draft.imported", compare: null, draft_id: 9 };
  expect(linksOf(imported, ["config.read"])).toEqual([
    item,
    ["看草稿", ["/config/drafts/$draftId", { draftId: "9" }, {}]],
  ]);
  expect(linksOf({ ...published, opens: false, compare: null }, ["config.read"]), "not seen").toEqual([]);
  expect(linksOf(published, []), "who may not see the configuration").toEqual([]);
});
