import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { LineOwn, PricedLine, Quote } from "../../api/types";
import { type DraftDoc, type DraftLine, ownProduct, reduce, startHistory } from "./draftModel";
import { inCatalogue } from "./InCatalogue";
import { LineTail } from "./LineTail";
import { ownDetail } from "./ownDetail";

const pail = {
  id: 7,
  code: "P1",
  name: "外墙乳胶漆",
  spec: "20kg",
  base_unit: "桶",
  units: [
    { unit: "桶", factor: "1" },
    { unit: "箱", factor: "4" },
  ],
  tax_rate: "13",
  customer_code: null,
};
const own: LineOwn = { kind: "goods", name: "外墙乳胶漆", spec: "20KG", price: "60", supplier: "某某石材" };
const line: DraftLine = {
  id: "a",
  product: ownProduct(own, "箱"),
  qty: "3",
  unit: "箱",
  note: "先送",
  own,
};
const problems = [
  { code: "cost_missing", detail: "请填写进货成本。", line_id: "b", product: null },
  { code: "in_catalogue", detail: "「外墙乳胶漆」是商品目录里的商品。", line_id: "a", product: pail },
] as Quote["problems"];
const priced = { id: "a", unit_price: "60.00", group: "", trace: [], refusal: null } as unknown as PricedLine;

const tail = (change: (change: never) => void, stale = false) =>
  render(
    <LineTail
      line={line}
      named=""
      priced={priced}
      stale={stale}
      noting={false}
      change={change as never}
      onNoted={() => {}}
      listed={inCatalogue(problems, line.id)}
      styles={{}}
    />,
  );

it("names the product of the catalogue, and one press takes it: quantity, note and unit stay", () => {
  const change = vi.fn();
  tail(change);
  expect(screen.getByRole("alert").textContent).toContain("外墙乳胶漆 20kg P1");
  fireEvent.click(screen.getByRole("button", { name: "改用目录里的 外墙乳胶漆 20kg P1" }));
  const asked = change.mock.calls[0]?.[0];
  expect(asked).toEqual({ kind: "swap", id: "a", product: pail });
  const doc: DraftDoc = { customerId: 1, validUntil: null, notes: "", lines: [line] };
  const [taken] = reduce(startHistory(doc), asked).doc.lines;
  expect(taken).toMatchObject({ id: "a", qty: "3", unit: "箱", note: "先送", product: { id: 7 } });
  expect(taken?.own).toBeUndefined();
});

it("says nothing of a line that is none of it, nor while the answer belongs to what stood there before", () => {
  expect(inCatalogue(problems, "b")).toBeUndefined();
  expect(tail(() => {}, true).container.textContent).toBe("");
});

it("says kind, specification and supplier beneath the name of something outside the catalogue", () => {
  expect(ownDetail(own)).toBe("目录外商品 · 20KG · 供应商 某某石材");
  expect(ownDetail({ kind: "freight", name: "运费", price: "300" })).toBe("运费");
});
