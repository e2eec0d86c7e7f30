import { expect, it } from "vitest";
import type { Quote } from "../../api/types";
import { docOf } from "./draftModel";
import {
  type KeptDraft,
  keptBeside,
  keptDifferences,
  whatToDo,
  withKnownCosts,
  withoutKnownCosts,
} from "./keptDoc";

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
  expect(rows.map(({ label, before, mine }) => [label, before, mine])).toEqual([
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

const twoAt = (version: number, paint: string, notes: string) =>
  ({ ...quoteAt(version, paint), notes }) as unknown as Quote;

const typedOn = (base: Quote, mine: Quote): KeptDraft => ({
  ...keptAt(base.version, "0"),
  base: withoutKnownCosts(docOf(base), docOf(base)),
  content: withoutKnownCosts(docOf(mine), docOf(base)),
});

it("names and brings back only what was changed here, and leaves what others changed later", () => {
  const kept = typedOn(twoAt(4, "10", ""), twoAt(4, "77", ""));
  const now = twoAt(6, "10", "经理写的");
  expect(keptDifferences(kept, now).map(({ label, before, mine }) => [label, before, mine])).toEqual([
    ["内墙漆 18L", "10 桶", "77 桶"],
  ]);
  expect(whatToDo(kept, now)).toBe("offer");
  const { merged } = keptBeside(kept, now);
  expect([merged.lines[0]?.qty, merged.notes, merged.lines[1]?.own?.cost]).toEqual(["77", "经理写的", "150"]);
});

it("asks only where both changed the same, and keeps quiet when nothing of it is missing", () => {
  const kept = typedOn(twoAt(4, "10", ""), twoAt(4, "77", "周五送"));
  const now = twoAt(6, "20", "");
  expect(keptBeside(kept, now).changes.map(({ key, theirs, free }) => [key, theirs, free])).toEqual([
    ["line a", "20 桶", false],
    ["notes", "", true],
  ]);
  expect(whatToDo(kept, now)).toBe("compare");
  expect(keptBeside(kept, now).merged).toMatchObject({ notes: "周五送", lines: [{ qty: "20" }, {}] });
  // Others changed the draft, and everything of this device arrived.
  expect(
    whatToDo(kept, { ...twoAt(7, "77", "周五送"), valid_until_chosen: true, valid_until: "2026-12-31" }),
  ).toBe("nothing");
});
