import { fireEvent, render } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Checks } from "../../api/types";
import { riskText } from "../../text/risks";
import { RiskList } from "./RiskList";
import { useRiskTicks } from "./riskTicks";

const jump = { code: "price_jump", sentence: "涨了 923%，请确认没有填错。", facts: {} };
const cost = { code: "below_cost", sentence: "每桶 9.99 元，比成本 26.68 元低。", facts: {} };

const risksOf = (rows: number, mark: string, reasons = [jump]): Checks["risks"] => ({
  count: rows * reasons.length,
  rows,
  mark: rows > 0 ? mark : null,
  items: Array.from({ length: rows }, (_, n) => ({ key: `P${n}`, name: `P${n} 外墙乳胶漆`, reasons })),
});

function Acknowledged({ risks }: { risks: Checks["risks"] }) {
  const ticks = useRiskTicks(risks);
  return (
    <>
      <RiskList risks={risks} ticks={ticks} />
      <output>{`${ticks.left} ${ticks.seen ?? "-"}`}</output>
    </>
  );
}

const boxes = (shown: ReturnType<typeof render>) => [...shown.container.querySelectorAll("input")];
const said = (shown: ReturnType<typeof render>) => shown.container.querySelector("output")?.textContent;

it("sends the mark only when each of a few is ticked, and asks anew when others stand out", () => {
  const shown = render(<Acknowledged risks={risksOf(2, "a")} />);
  expect(said(shown)).toBe("2 -");
  fireEvent.click(boxes(shown)[0] as Element);
  expect(said(shown)).toBe("1 -");
  fireEvent.click(boxes(shown)[1] as Element);
  expect(said(shown)).toBe("0 a");
  fireEvent.click(boxes(shown)[1] as Element);
  expect(said(shown)).toBe("1 -");
  fireEvent.click(boxes(shown)[1] as Element);
  shown.rerender(<Acknowledged risks={risksOf(2, "b")} />);
  expect(said(shown)).toBe("2 -");
  shown.unmount();
});

it("tells a price once with all its reasons, and takes one tick for all of them", () => {
  const shown = render(<Acknowledged risks={risksOf(2, "a", [jump, cost])} />);
  expect(boxes(shown)).toHaveLength(2);
  expect(shown.container.textContent).toContain("2 项共 4 处：2 处涨跌超过 30%、2 处低于成本，请逐项核对");
  const first = shown.container.querySelector("li")?.textContent ?? "";
  expect(first.match(/P0 外墙乳胶漆/g)).toHaveLength(1);
  expect(first).toContain(jump.sentence);
  expect(first).toContain(cost.sentence);
  fireEvent.click(boxes(shown)[0] as Element);
  expect(said(shown)).toBe("1 -");
  fireEvent.click(boxes(shown)[1] as Element);
  expect(said(shown)).toBe("0 a");
  // One of them has one more reason by now.
  const other = { ...cost, code: "below_floor", sentence: "每桶 9.99 元，比底价 28.53 元低。" };
  shown.rerender(<Acknowledged risks={risksOf(2, "b", [jump, cost, other])} />);
  expect(said(shown)).toBe("2 -");
  expect(boxes(shown).some((box) => box.checked)).toBe(false);
  shown.unmount();
});

it("counts a box that is priced far from its pails by a name of its own", () => {
  const apart = {
    code: "units_apart",
    sentence: "箱价 15,400.00 元 = 每桶 3,850.00 元，桶价是 371.30 元。",
    facts: {},
  };
  const shown = render(<Acknowledged risks={risksOf(1, "a", [apart, cost])} />);
  expect(shown.container.textContent).toContain("1 项共 2 处：1 处和另一个单位的价对不上、1 处低于成本");
  shown.unmount();
});

it("goes on in one line with the only reason of a price, under the words that count it", () => {
  const shown = render(<Acknowledged risks={risksOf(1, "a")} />);
  expect(shown.container.querySelector("li")?.textContent).toBe("P0 外墙乳胶漆：涨了 923%，请确认没有填错。");
  expect(shown.container.querySelector("section")?.getAttribute("aria-label")).toMatch(/^1 处涨跌超过 30%/);
  shown.unmount();
});

it("asks for ten prices one by one, however many reasons they have", () => {
  const ten = render(<Acknowledged risks={risksOf(10, "a", [jump, cost])} />);
  expect(boxes(ten)).toHaveLength(10);
  expect(said(ten)).toBe("10 -");
  ten.unmount();
});

it("takes many as one list, and nothing where nothing stands out", () => {
  const many = render(<Acknowledged risks={risksOf(11, "c")} />);
  expect(boxes(many)).toHaveLength(1);
  expect(many.container.querySelectorAll("li")).toHaveLength(11);
  fireEvent.click(boxes(many)[0] as Element);
  expect(said(many)).toBe("0 c");
  many.unmount();
  const none = render(<Acknowledged risks={risksOf(0, "d")} />);
  expect(said(none)).toBe("0 -");
  expect(none.container.querySelector("section")).toBeNull();
  none.unmount();
});

it("repeats nothing that a row beneath tells, and names what has no row there", () => {
  const risks = risksOf(2, "a");
  const elsewhere = { key: null, name: "苏州大区价目表", reasons: [cost] };
  const all = { ...risks, count: 3, rows: 3, items: [...risks.items, elsewhere] };
  const shown = render(<RiskList risks={all} told={new Set(["P0", "P1"])} band />);
  const text = shown.container.textContent ?? "";
  expect(text).toContain(
    riskText.title(3, 3, [
      ["jump", 2],
      ["cost", 1],
    ]),
  );
  expect(text).toContain(riskText.onRows(true));
  expect(shown.container.querySelectorAll("li")).toHaveLength(1);
  expect(text).toContain("苏州大区价目表");
  expect(text).not.toContain(jump.sentence);
  shown.rerender(<RiskList risks={risks} told={new Set(["P0", "P1"])} band />);
  expect(shown.container.querySelector("ul")).toBeNull();
  expect(shown.container.textContent).toContain(riskText.onRows(false));
  shown.rerender(<RiskList risks={risks} told={new Set()} band />);
  expect(shown.container.textContent).toContain(jump.sentence);
  expect(shown.container.textContent).not.toContain(riskText.onRows(false));
  shown.unmount();
});

it("counts each cause by itself in its head, and lumps them only where not all are listed", () => {
  const floor = { ...cost, code: "tier_below_floor" };
  const risks = risksOf(2, "a");
  const of = (reasons: (typeof jump)[], n: number) => ({ key: `Q${n}`, name: `Q${n}`, reasons });
  const all = { ...risks, count: 4, rows: 4, items: [...risks.items, of([cost], 1), of([floor], 2)] };
  const shown = render(<RiskList risks={all} />);
  const head = () => shown.container.querySelector("section")?.getAttribute("aria-label");
  expect(head()).toBe("2 处涨跌超过 30%、1 处低于成本、1 处低于底价，请逐条核对");
  shown.rerender(<RiskList risks={{ ...all, count: 140, rows: 140 }} />);
  expect(head()).toBe("140 处涨跌超过 30%、单位之间的价对不上、低于成本或底价，请逐条核对");
  shown.unmount();
});
