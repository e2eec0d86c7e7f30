import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Checks, Diff, DiffItem } from "../../api/types";
import { blockCount, blockedRows } from "./blockedRows";
import { DiffView } from "./DiffView";

const item = (key: string, price: string, below_cost: string | null): DiffItem => ({
  key,
  change: "changed",
  before: { product: 1, price: "128.00" },
  after: { product: 1, price },
  shown: { product_code: key, product_name: "外墙乳胶漆", spec: "18L", base_unit: "桶", archived: false },
  delta: null,
  delta_percent: null,
  far: false,
  below_cost,
  risks: [],
});

const reason = (code: string, sentence: string) => ({ code, sentence, facts: {} });

it("marks the price that lies below cost with its sentence, and counts prices", () => {
  const sentence = "每桶 9.99 元，比成本 26.68 元低。";
  const diff: Diff = {
    from_n: 2,
    to_n: null,
    counts: { added: 0, changed: 2, removed: 0, same: 58 },
    sentences: ["2 个价格下调"],
    items: [item("P1", "120.00", null), item("P2", "9.99", sentence)],
    next: null,
  };
  const shown = render(<DiffView kind="price_list" diff={diff} />);
  const [, first, second] = [...shown.container.querySelectorAll("tr")].map((row) => row.textContent);
  expect(first).not.toContain("成本");
  expect(second).toContain(sentence);
  expect(shown.container.textContent).toContain("修改 2 · 58 个价格不变");
  shown.unmount();
});

it("shows the price before and the formula after, or two formulas, each of its own side", () => {
  const formula = { of: "cost", percent: "5" };
  const first = item("P1", "", null);
  const became = {
    ...first,
    after: { product: 1, formula },
    shown: { ...first.shown, formula: "成本 5%", before: { formula: null } },
  };
  const other = {
    ...first,
    key: "P2",
    before: { product: 1, formula: { of: "base", percent: "95" } },
    after: { product: 1, formula },
    shown: { ...first.shown, formula: "成本 5%", before: { formula: "基础价 95%" } },
  };
  const diff: Diff = {
    from_n: 7,
    to_n: 8,
    counts: { added: 0, changed: 2, removed: 0, same: 3 },
    sentences: ["1 个改成按公式：128.00 元 → 成本 5%", "1 个改了公式：基础价 95% → 成本 5%"],
    items: [became, other],
    next: null,
  };
  const shown = render(<DiffView kind="price_list" diff={diff} />);
  const rows = [...shown.container.querySelectorAll("tbody tr")];
  const sides = rows.map((row) => [...row.querySelectorAll("td")].slice(1).map((cell) => cell.textContent));
  expect(sides).toEqual([
    ["¥128.00/桶", "成本 5%"],
    ["基础价 95%", "成本 5%"],
  ]);
  shown.unmount();
});

it("shows texts before and after where there is no figure, and no column of changes without one", () => {
  const text = (word: string) => ({ text: word });
  const changed = { ...item("送货", "", null), before: text("送到楼下"), after: text("送到三楼"), shown: {} };
  const diff: Diff = {
    from_n: 1,
    to_n: null,
    counts: { added: 0, changed: 1, removed: 0, same: 3 },
    sentences: ["修改常用语 送货"],
    items: [changed],
    next: null,
  };
  const shown = render(<DiffView kind="snippet" diff={diff} />);
  const cells = [...shown.container.querySelectorAll("tbody th, tbody td")].map((cell) => cell.textContent);
  expect(cells).toEqual(["送货", "修改", "送到楼下", "送到三楼"]);
  expect(shown.container.querySelectorAll("thead th")).toHaveLength(4);
  shown.unmount();
});

it("marks the row of a far jump, and no other", () => {
  const far = { ...item("P3", "890.00", null), delta: "+803.00", delta_percent: "+923.0", far: true };
  const near = { ...item("P1", "132.00", null), delta: "+4.00", delta_percent: "+3.1" };
  const diff: Diff = {
    from_n: 1,
    to_n: null,
    counts: { added: 0, changed: 2, removed: 0, same: 0 },
    sentences: ["2 个价格上调，一般在 +463.1% 左右，从 +3.1% 到 +923.0%"],
    items: [far, near],
    next: null,
  };
  const shown = render(<DiffView kind="price_list" diff={diff} />);
  const classes = [...shown.container.querySelectorAll("tbody tr")].map((row) => row.className !== "");
  expect(classes).toEqual([true, false]);
  shown.unmount();
});

it("writes how far a price went as money, and a share in points", () => {
  const raised = { ...item("NQ0102", "1322.00", null), delta: "+1009.00", delta_percent: "+322.4" };
  const tier = {
    ...raised,
    key: "B",
    before: { percent: "95" },
    after: { percent: "94" },
    delta: "-1.00",
    delta_percent: null,
  };
  const told = (kind: string, row: DiffItem) => {
    const counts = { added: 0, changed: 1, removed: 0, same: 0 };
    const diff: Diff = { from_n: 1, to_n: null, counts, sentences: [], items: [row], next: null };
    const shown = render(<DiffView kind={kind} diff={diff} />);
    const said = shown.container.querySelector("tbody tr")?.lastElementChild?.textContent;
    shown.unmount();
    return said;
  };
  expect(told("price_list", raised)).toBe("涨 ¥1,009.00/桶+322.4%");
  expect(told("tier", tier)).toBe("跌 1 个点");
});

it("tells which way a price went and that it is to be looked at apart from each other", () => {
  const moved = (key: string, delta: string, far: boolean) => ({
    ...item(key, "120.00", null),
    delta,
    delta_percent: "1",
    far,
  });
  const diff: Diff = {
    from_n: 2,
    to_n: null,
    counts: { added: 0, changed: 3, removed: 0, same: 1 },
    sentences: [],
    items: [moved("P1", "8.00", false), moved("P2", "912.96", true), moved("P3", "-8.00", false)],
    next: null,
  };
  const shown = render(<DiffView kind="price_list" diff={diff} />);
  const rows = [...shown.container.querySelectorAll("tbody tr")];
  const ways = rows.map(
    (row) => /raised|lowered/.exec(row.querySelector("td:last-child")?.className ?? "")?.[0],
  );
  expect(ways, "however far it went, a rise looks like a rise").toEqual(["raised", "raised", "lowered"]);
  expect(rows.map((row) => row.textContent?.includes("要核对"))).toEqual([false, true, false]);
  shown.unmount();
});

it("marks a row that must be acknowledged for its floor, says why, and puts it before the others", () => {
  const floor = "每桶 24.37 元，比底价 28.53 元低。";
  const jump = "由 128.00 元改为 9.99 元，降了 92.2%，请确认没有填错。";
  const cost = "每桶 9.99 元，比成本 26.68 元低。";
  const diff: Diff = {
    from_n: 2,
    to_n: null,
    counts: { added: 0, changed: 3, removed: 0, same: 58 },
    sentences: [],
    items: [
      item("P1", "120.00", null),
      {
        ...item("P2", "9.99", cost),
        far: true,
        risks: [reason("price_jump", jump), reason("below_cost", cost)],
      },
      { ...item("P3", "24.37", null), risks: [reason("below_floor", floor)] },
    ],
    next: null,
  };
  const shown = render(<DiffView kind="price_list" diff={diff} />);
  const rows = [...shown.container.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");
  expect(rows.map((row) => row.includes("要核对"))).toEqual([true, true, false]);
  expect(rows[0]).toContain("涨跌大，要核对");
  expect(rows[0], "its step is told beside it").not.toContain(jump);
  expect(rows[0]?.split(cost), "told once").toHaveLength(2);
  expect(rows[1]).toContain(`要核对${floor}`);
  shown.unmount();
});

it("says of a row that becomes a formula how far it goes and what it lies below, which no figure of it shows", () => {
  const jump = "由 128.00 元改为 4.90 元，降了 96.17%，请确认没有填错。";
  const cost = "每桶 4.90 元，比成本 98.00 元低。";
  const base = item("P1", "", null);
  const became: DiffItem = {
    ...base,
    after: { product: 1, formula: { of: "cost", percent: "5" } },
    shown: { ...base.shown, formula: "成本 5%", before: { formula: null } },
    risks: [reason("price_jump", jump), reason("below_cost", cost)],
  };
  const diff: Diff = {
    from_n: 7,
    to_n: null,
    counts: { added: 0, changed: 1, removed: 0, same: 3 },
    sentences: [],
    items: [became],
    next: null,
  };
  const shown = render(<DiffView kind="price_list" diff={diff} />);
  expect(shown.container.querySelector("tbody tr")?.textContent).toContain(`要核对${jump}${cost}`);
  shown.unmount();
});

it("marks a row that keeps the draft from going on before all others, a breach of the corridor with its limits", () => {
  const found = (key: string, code: string, severity: string, sentence: string) => ({
    key,
    code,
    severity,
    sentence,
    facts: {},
  });
  const checks = {
    items: [
      found("P3", "outside_corridor", "block", "P3 网格布：最低 12.88 元、最高 15.34 元；现在 25.00 元"),
      found("P4", "archived_product", "block", "P4 网格布：商品已停售。"),
      found("P2", "below_cost", "warn", "P2 网格布：比成本低。"),
    ],
    ranges: [{ key: "P3", list_price: "14.31", lowest: "12.88", highest: "15.34" }],
  } as unknown as Checks;
  const cost = "每桶 9.99 元，比成本 26.68 元低。";
  const diff: Diff = {
    from_n: 2,
    to_n: null,
    counts: { added: 0, changed: 4, removed: 0, same: 0 },
    sentences: [],
    items: [
      item("P1", "120.00", null),
      { ...item("P2", "9.99", cost), risks: [reason("below_cost", cost)] },
      item("P3", "25.00", null),
      item("P4", "25.00", null),
    ],
    next: null,
  };
  const shown = render(<DiffView kind="price_list" diff={diff} blocked={blockedRows(checks)} />);
  const rows = [...shown.container.querySelectorAll("tbody tr")].map((row) => row.textContent ?? "");
  expect(rows.map((row) => row.includes("必须处理"))).toEqual([true, true, false, false]);
  expect(rows[0]).toContain("必须处理超出 12.88–15.34 · 总部 14.31");
  expect(rows[1]).toContain("商品已停售");
  expect(rows[2]).toContain("要核对");
  expect(shown.container.textContent).toContain("2 条必须处理才能提交");
  shown.rerender(<DiffView kind="price_list" diff={diff} />);
  expect(shown.container.textContent).not.toContain("必须处理");
  shown.unmount();
});

it("counts the rows that block on pages that are not read yet too", () => {
  const wrong = (n: number) => ({
    key: `P${n}`,
    code: "price_zero",
    severity: "block",
    sentence: "价格是 0。",
    facts: {},
  });
  const checks = {
    blocks: 120,
    warns: 0,
    items: Array.from({ length: 120 }, (_, n) => wrong(n)),
    ranges: [],
  };
  const told = checks as unknown as Checks;
  const diff: Diff = {
    from_n: 2,
    to_n: null,
    counts: { added: 350, changed: 0, removed: 0, same: 0 },
    sentences: [],
    items: [item("P1", "0.00", null), item("P200", "9.99", null)],
    next: "!0 P1",
  };
  const given = { kind: "price_list", blocked: blockedRows(told), blocks: blockCount(told) };
  const shown = render(<DiffView {...given} diff={diff} />);
  expect(shown.container.textContent).toContain("120 条必须处理才能提交");
  // All of them are read: what blocks is what is marked.
  shown.rerender(<DiffView {...given} diff={{ ...diff, next: null }} />);
  expect(shown.container.textContent).toContain("1 条必须处理才能提交");
  shown.unmount();
  expect(blockCount({ ...told, blocks: 700 })).toBe(700);
});
