import { fireEvent, render } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Checks } from "../../api/types";
import { RiskList } from "./RiskList";
import { useRiskTicks } from "./riskTicks";

const risksOf = (count: number, mark: string): Checks["risks"] => ({
  count,
  mark: count > 0 ? mark : null,
  items: Array.from({ length: count }, (_, n) => ({
    code: "price_jump",
    severity: "warn",
    key: `P${n}`,
    sentence: `P${n} 涨了 923%，请确认没有填错。`,
    facts: {},
  })),
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
