import { expect, it } from "vitest";
import { differencesOf, mixed } from "./draftConflict";
import type { DraftDoc, DraftLine } from "./draftModel";

const line = (id: string, qty: string, product = 1): DraftLine => ({
  id,
  product: {
    id: product,
    code: `P${product}`,
    name: `商品${product}`,
    spec: "",
    base_unit: "桶",
    units: [{ unit: "桶", factor: "1" }],
    tax_rate: "13",
    customer_code: null,
  },
  qty,
  unit: "桶",
  note: "",
});

const doc = (notes: string, ...lines: DraftLine[]): DraftDoc => ({
  customerId: 1,
  validUntil: null,
  notes,
  lines,
});

const mine = doc("我的", line("a", "5"), line("c", "1"));
const theirs = doc("他的", line("a", "8"), line("b", "2"));

it("tells line by line what differs, and what only one of both has", () => {
  const differing = differencesOf(mine, theirs).filter((one) => one.mine !== one.theirs);
  expect(differing.map(({ key, mine, theirs }) => [key, mine, theirs])).toEqual([
    ["line a", "5 桶", "8 桶"],
    ["line b", "", "2 桶"],
    ["line c", "1 桶", ""],
    ["notes", "我的", "他的"],
  ]);
});

it("mixes both versions by what was chosen of each", () => {
  const chosen = new Set(["line a", "line c"]);
  const both = mixed(mine, theirs, chosen);
  expect(both.lines.map(({ id, qty }) => [id, qty])).toEqual([
    ["a", "5"],
    ["b", "2"],
    ["c", "1"],
  ]);
  expect(both.notes).toBe("他的");
});

it("is the other version where nothing of mine is chosen, and mine where everything is", () => {
  expect(mixed(mine, theirs, new Set())).toEqual(theirs);
  const all = new Set(differencesOf(mine, theirs).map(({ key }) => key));
  expect(mixed(mine, theirs, all)).toEqual(mine);
});

it("tells and takes prices by hand, terms and what is off the whole, and drops none of them", () => {
  const own: DraftDoc = {
    ...doc("", { ...line("a", "5"), manual: { percent_off: "5" }, group: "主卫" }),
    terms: { site_address: "太湖路 1 号", deposit_percent: "30" },
    whole: { rounding: "3.20" },
  };
  const other: DraftDoc = { ...doc("", line("a", "5")), terms: { payment: "monthly" } };
  const rows = differencesOf(own, other).filter((one) => one.mine !== one.theirs);
  expect(rows.map(({ key, mine, theirs }) => [key, mine, theirs])).toEqual([
    ["line a", "5 桶 · 减几个点 5 · 主卫", "5 桶"],
    ["terms", "工地地址：太湖路 1 号；订金：30%", "付款方式：月结"],
    ["whole", "抹零 3.20", ""],
  ]);
  expect(mixed(own, other, new Set(["line a"]))).toEqual({ ...other, lines: own.lines });
  expect(mixed(own, other, new Set(["terms", "whole"]))).toMatchObject({
    terms: own.terms,
    whole: own.whole,
  });
});
