import { expect, it } from "vitest";
import type { ProductRow } from "../../api/types";
import { addScanned, cameraFault, hitsOf, looksLikeCode, ScanGate, spellings, unitOfCode } from "./codes";
import type { Change, DraftDoc, DraftLine } from "./draftModel";

const row = (id: number, ...barcodes: [code: string, unit: string][]) =>
  ({
    id,
    code: `P${id}`,
    customer_code: null,
    base_unit: "桶",
    units: [
      { unit: "桶", factor: "1" },
      { unit: "箱", factor: "4" },
    ],
    barcodes: barcodes.map(([code, unit]) => ({ code, unit })),
  }) as unknown as ProductRow;

const paint = row(1, ["6901234567892", "桶"], ["6901234567908", "箱"]);
const putty = row(2, ["012345678905", "桶"]);

it("tells a code from a quantity", () => {
  for (const code of ["6901234567892", "96385074", "012345678905"]) expect(looksLikeCode(code)).toBe(true);
  for (const qty of ["10", "10000000", "1234.5678901", "6901234567892a", ""])
    expect(looksLikeCode(qty)).toBe(false);
});

it("finds the product and the unit on whose package the code stands, exactly", () => {
  expect(hitsOf([paint, putty], "6901234567908")).toEqual([{ product: paint, unit: "箱" }]);
  expect(hitsOf([paint, putty], "690123456789")).toEqual([]);
  expect(unitOfCode(paint, "6901234567892")).toBe("桶");
});

it("knows a UPC in both its spellings", () => {
  expect(spellings("0012345678905")).toEqual(["0012345678905", "012345678905"]);
  expect(hitsOf([putty], "0012345678905")).toEqual([{ product: putty, unit: "桶" }]);
});

it("takes our own code from a label that people printed, but a barcode first", () => {
  expect(hitsOf([paint, putty], "p2")).toEqual([{ product: putty, unit: "桶" }]);
  const twin = row(3, ["P1", "箱"]);
  expect(hitsOf([paint, twin], "P1")).toEqual([{ product: twin, unit: "箱" }]);
});

it("adds a line the first time and one more each time after, in the unit of the package", () => {
  const line = { id: "x", product: paint, qty: "2.5", unit: "桶", note: "" } as unknown as DraftLine;
  const doc: DraftDoc = { customerId: 1, validUntil: null, notes: "", lines: [line] };
  const changes: Change[] = [];
  const scan = (unit: string) => addScanned(doc, { product: paint, unit }, "new", (it) => changes.push(it));
  expect(scan("桶")).toBe("3.5");
  expect(scan("箱")).toBe("1");
  expect(changes).toEqual([
    { kind: "line", id: "x", patch: { qty: "3.5" } },
    { kind: "add", id: "new", product: paint, unit: "箱" },
  ]);
});

it("counts a code that stays in sight once, and again after it was away", () => {
  const gate = new ScanGate();
  expect(gate.pass(["a"], 0)).toEqual(["a"]);
  for (let now = 160; now < 5000; now += 160) expect(gate.pass(["a"], now)).toEqual([]);
  expect(gate.pass(["b"], 5000)).toEqual(["b"]);
  expect(gate.pass(["a", "b"], 7000)).toEqual(["a", "b"]);
});

it("says why there is no picture", () => {
  expect(cameraFault("NotAllowedError")).toBe("denied");
  expect(cameraFault("NotFoundError")).toBe("none");
  expect(cameraFault("NotReadableError")).toBe("busy");
  expect(cameraFault(undefined)).toBe("broken");
});
