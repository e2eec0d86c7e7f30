import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { DraftLine } from "./draftModel";
import { UnitNote } from "./UnitNote";
import { UnitPick } from "./UnitPick";

const line: DraftLine = {
  id: "a",
  product: {
    id: 7,
    code: "P1",
    name: "外墙乳胶漆",
    customer_code: null,
    spec: "18L",
    base_unit: "桶",
    units: [
      { unit: "桶", factor: "1" },
      { unit: "箱", factor: "4" },
    ],
    tax_rate: "13",
  },
  qty: "60",
  unit: "桶",
  note: "",
};

it("says what a box holds, and what changing the unit did until the quantity is written anew", () => {
  const shown = render(<UnitNote line={line} />);
  expect(shown.container.textContent).toBe("");
  shown.rerender(<UnitNote line={{ ...line, unit: "箱" }} />);
  expect(shown.container.textContent).toBe("1 箱 = 4 桶换了单位，数量是原来的 4 倍");
  shown.rerender(<UnitNote line={{ ...line, unit: "箱", qty: "15" }} />);
  expect(shown.container.textContent).toBe("1 箱 = 4 桶");
  shown.rerender(<UnitNote line={{ ...line, qty: "15" }} />);
  expect(shown.container.textContent).toBe("换了单位，数量是原来的 1/4");
  shown.unmount();
});

it("names in the list what each other unit holds", () => {
  const shown = render(<UnitPick line={line} named="外墙乳胶漆" oneClass="" onUnit={() => {}} />);
  expect(screen.getAllByRole("option").map((one) => one.textContent)).toEqual(["桶", "1 箱 = 4 桶"]);
  shown.unmount();
});
