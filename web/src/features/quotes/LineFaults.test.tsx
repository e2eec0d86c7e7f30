import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import type { PricedLine, Quote } from "../../api/types";
import { beyondLimit, LineFaults } from "./LineFaults";

const priced = { id: "a", refusal: null, below_floor: false } as unknown as PricedLine;
const problems: Quote["problems"] = [
  { code: "cost_missing", detail: "请填写进货成本。", line_id: "a", product: null },
  { code: "beyond_limit", detail: "比等级价低 11.69%，你最多可以让 5%。", line_id: "b", product: null },
];

it("marks the very line that lies beyond the own limit, and no other", () => {
  expect(beyondLimit(problems, "a")).toBeUndefined();
  const shown = render(<LineFaults priced={priced} beyond={beyondLimit(problems, "a")} styles={{}} />);
  expect(shown.container.textContent).toBe("");
  shown.rerender(<LineFaults priced={priced} beyond={beyondLimit(problems, "b")} styles={{}} />);
  expect(shown.container.textContent).toBe("超出你的改价权限");
});
