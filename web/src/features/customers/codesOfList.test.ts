import { expect, test } from "vitest";
import { codesOfList } from "./codesOfList";

test("two codes a line, however they are parted", () => {
  expect(codesOfList("HT-001\tTL0001\r\nHT-002，TL0002\n\n HT-003  TL0003 ")).toEqual({
    put: [
      { code: "HT-001", product_code: "TL0001" },
      { code: "HT-002", product_code: "TL0002" },
      { code: "HT-003", product_code: "TL0003" },
    ],
    bad: [],
  });
});

test("a line that is not two codes is named", () => {
  expect(codesOfList("HT-001 TL0001\nHT-002\nA B C")).toEqual({
    put: [{ code: "HT-001", product_code: "TL0001" }],
    bad: [2, 3],
  });
});
