import { expect, it } from "vitest";
import type { Quote } from "../../api/types";
import { askRead } from "./askRead";

const ask: NonNullable<Quote["ask"]> = {
  by: { id: 2, name: "邓子轩" },
  to: { id: 1, name: "陆建平" },
  reason: "老客户竞标",
  beyond: "比等级价低 8%（权限 5%）",
  net: "6240.00",
  at: 0,
  changed: false,
  given_back_at: null,
  words: null,
};

it("tells each of the two what the draft waits for, and others who asked whom", () => {
  expect(askRead({ ask, actions: ["give_back"] })).toEqual({
    title: "邓子轩请你处理这张草稿",
    words: "老客户竞标",
  });
  expect(askRead({ ask, actions: ["withdraw_ask"] })?.title).toBe("已请陆建平处理，在等回复");
  expect(askRead({ ask, actions: [] })?.title).toBe("邓子轩请陆建平处理这张草稿");
});

it("tells with which words it came back, and nothing where nobody was asked", () => {
  const back = { ...ask, given_back_at: 1, words: "最多让到 106" };
  expect(askRead({ ask: back, actions: [] })).toEqual({
    title: "陆建平退回了这张草稿",
    words: "最多让到 106",
  });
  expect(askRead({ ask: null, actions: [] })).toBeNull();
});
