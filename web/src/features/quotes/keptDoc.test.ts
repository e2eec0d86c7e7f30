import { expect, it } from "vitest";
import type { Quote } from "../../api/types";
import { docOf } from "./draftModel";
import { type KeptDraft, keptDifferences, whatToDo, withKnownCosts, withoutKnownCosts } from "./keptDoc";

const product = {
  id: 7,
  code: "NQ0101",
  name: "内墙漆",
  spec: "18L",
  base_unit: "桶",
  units: [{ unit: "桶", factor: "1" }],
  tax_rate: "13",
  customer_code: null,
};
const freight = { kind: "freight", name: "运费", price: "200", cost: "150", supplier: "", spec: "" };

const quoteAt = (version: number, qty: string) =>
  ({
    version,
    customer: { id: 1, name: "宏远装饰" },
    valid_until_chosen: false,
    notes: "",
    lines: [
      { id: "a", product, qty, unit: "桶", note: "", manual: null, group: "", own: null },
      { id: "b", product, qty: "1", unit: "车", note: "", manual: null, group: "", own: freight },
    ],
    terms: {},
    whole: {},
  }) as unknown as Quote;

const keptAt = (version: number, qty: string, sent?: string): KeptDraft => ({
  person: 3,
  quote: 12,
  tab: "t1",
  version,
  at: 0,
  title: "宏远装饰",
  content: docOf(quoteAt(version, qty)),
  sent: sent === undefined ? undefined : docOf(quoteAt(version, sent)),
});

it("offers what the server does not have, and says nothing of what it has", () => {
  expect(whatToDo(keptAt(4, "77"), quoteAt(4, "10"))).toBe("offer");
  expect(whatToDo(keptAt(4, "77"), quoteAt(4, "77.000"))).toBe("nothing");
  // The save arrived and only its answer was lost.
  expect(whatToDo(keptAt(4, "77"), quoteAt(5, "77"))).toBe("nothing");
});

it("puts both side by side when somebody else went on, and knows its own lost save again", () => {
  expect(whatToDo(keptAt(4, "77"), quoteAt(5, "20"))).toBe("compare");
  expect(whatToDo(keptAt(4, "77", "7"), quoteAt(5, "7"))).toBe("offer");
  expect(whatToDo(keptAt(4, "77", "7"), quoteAt(5, "8"))).toBe("compare");
});

it("tells what would change, another customer first", () => {
  const kept = keptAt(4, "77");
  kept.content = { ...kept.content, customerId: 2, notes: "周五送" };
  const rows = keptDifferences(kept, quoteAt(4, "10"));
  expect(rows.map(({ label, theirs, mine }) => [label, theirs, mine])).toEqual([
    ["客户", "宏远装饰", "换了客户"],
    ["内墙漆 18L", "10 桶", "77 桶"],
    ["备注", "", "周五送"],
  ]);
});

it("keeps no cost on the device that the server has, and loses none that was typed", () => {
  const server = docOf(quoteAt(4, "10"));
  const known = withoutKnownCosts(docOf(quoteAt(4, "77")), server);
  expect(JSON.stringify(known)).not.toContain("150");
  expect(withKnownCosts(known, server).lines[1]?.own?.cost).toBe("150");
  const typed = docOf(quoteAt(4, "10"));
  typed.lines = typed.lines.map((line) => (line.own ? { ...line, own: { ...line.own, cost: "180" } } : line));
  const kept = withoutKnownCosts(typed, server);
  expect(withKnownCosts(kept, server).lines[1]?.own?.cost).toBe("180");
  expect(whatToDo({ ...keptAt(4, "10"), content: known }, quoteAt(4, "77"))).toBe("nothing");
});
