import { expect, test } from "vitest";
import { type BlockRules, blockName, blockOf, blocksOf, nameAndNumber } from "./blocks";
import { BLOCKS } from "./tests/sample";

test("the blocks are those that the server told beside the settings, and none where it told none", () => {
  expect(blocksOf({ shown: { blocks: BLOCKS } })).toEqual(BLOCKS);
  expect(blocksOf({ shown: {} })).toEqual([]);
  expect(blocksOf(undefined)).toEqual([]);
});

test("only own texts have numbered rows", () => {
  expect(blockOf(BLOCKS, "text_2")).toMatchObject({ rules: { key: "text" }, number: 2 });
  expect(blockOf(BLOCKS, "totals")?.rules.key).toBe("totals");
  for (const key of ["colour", "lines_2", "text_1", "text_10", "text_02", "text_", "toString"])
    expect(blockOf(BLOCKS, key), key).toBeNull();
});

test("a block is called as the server calls it, the second of its kind with its number", () => {
  expect(blockName(BLOCKS, "totals")).toBe("合计");
  expect(blockName(BLOCKS, "text_2")).toBe("自写文字2");
  expect(blockName(BLOCKS, "colour")).toBe("colour");
});

test("a block that this page has never heard of is known as soon as the server tells it", () => {
  const stamp: BlockRules = {
    key: "paid_stamp",
    name: "已付章",
    heading: true,
    text_max: 0,
    parts: [],
    most: 1,
    needed: false,
  };
  expect(blockName([...BLOCKS, stamp], "paid_stamp")).toBe("已付章");
});

test("a name may hold what stands before a number", () => {
  const names = ["own_text", "own_text_of_2_kinds", "text"];
  const isName = (name: string): name is string => names.includes(name);
  for (const name of names) {
    expect(nameAndNumber(name, isName)).toEqual({ name, number: 1 });
    for (let number = 2; number <= 9; number += 1)
      expect(nameAndNumber(`${name}_${number}`, isName)).toEqual({ name, number });
    expect(nameAndNumber(`${name}_10`, isName)).toBeNull();
  }
});
