import { expect, it } from "vitest";
import { today } from "../../parts/format";
import { titleOf } from "./newTitle";

it("begins with the item, then says when and by whom", () => {
  expect(titleOf("标准价目表", "沈若溪", `${today().slice(0, 4)}-12-01`)).toBe("标准价目表：12月1日沈若溪改");
});

it("keeps day and person of a list whose name is long", () => {
  const title = titleOf("长".repeat(80), "沈若溪", `${today().slice(0, 4)}-12-01`);
  expect(title).toHaveLength(60);
  expect(title.endsWith("：12月1日沈若溪改")).toBe(true);
});
