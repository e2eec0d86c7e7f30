import { expect, it } from "vitest";
import { Problem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { askRead, onlyWaits, refusedAsItIs, refusedWaiting, toMend, whileWaiting } from "./askRead";

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

const beyond =
  "比等级价低 11.69%，你最多可以让 5%。陆建平、老板可以出这张报价单：草稿已经保存，可以请对方处理。";
const missing = "「辅料」不在商品目录里，请填写进货成本。";
const hindered = (actions: string[], ask: unknown, details = [beyond]) =>
  ({ actions, ask, problems: details.map((detail) => ({ detail })) }) as unknown as Quote;
const handed = { to: { name: "陆建平" }, by: { name: "小赵" }, given_back_at: null };
const details = (quote: Quote) => quote.problems.map((one) => one.detail);

it("says to the asker who is waited for, where it said that one may ask", () => {
  const waiting = hindered(["edit", "withdraw_ask"], handed, [beyond, missing]);
  const told = whileWaiting(waiting);
  expect(details(told)).toEqual(["比等级价低 11.69%，你最多可以让 5%。在等陆建平处理。", missing]);
  expect([onlyWaits(waiting), onlyWaits(told)]).toEqual([null, null]);
  const alone = hindered(["edit", "withdraw_ask"], handed);
  expect([onlyWaits(alone), onlyWaits(whileWaiting(alone))]).toEqual(["陆建平", "陆建平"]);
});

it("says who is waited for under the floor too, and in the refusal that led to asking", () => {
  const floor = "「外墙乳胶漆」的单价低于底价，只有陆建平、老板可以出这张报价单。";
  const waiting = hindered(["edit", "withdraw_ask"], handed, [floor]);
  expect(details(whileWaiting(waiting))).toEqual(["「外墙乳胶漆」的单价低于底价。在等陆建平处理。"]);
  expect(onlyWaits(waiting)).toBe("陆建平");
  const hidden = "这张报价单的价格超出了你能出的范围。老板可以出这张报价单：草稿已经保存，可以请对方处理。";
  const refused = new Problem(422, "cannot_issue", hidden, { problems: [] }, "t1");
  const told = refusedWaiting(waiting, refused);
  expect(told.message).toBe("这张报价单的价格超出了你能出的范围。在等陆建平处理。");
  expect([told.status, told.code, told.traceId]).toEqual([422, "cannot_issue", "t1"]);
  expect(refusedWaiting(hindered(["edit"], null, [floor]), refused)).toBe(refused);
  const priced = hindered(["edit", "withdraw_ask"], handed, []);
  expect([onlyWaits(priced), onlyWaits(priced, refused)]).toEqual([null, "陆建平"]);
  expect(onlyWaits(hindered(["edit", "withdraw_ask"], handed, [missing]), refused)).toBeNull();
});

it("leaves the words as they are before an ask, after it came back, and for whoever was asked", () => {
  for (const [actions, ask] of [
    [["edit"], null],
    [["edit", "withdraw_ask"], { ...handed, given_back_at: "2026-11-30T01:00:00Z" }],
    [["edit", "give_back"], handed],
  ] as const) {
    const quote = hindered([...actions], ask);
    expect(whileWaiting(quote)).toBe(quote);
    expect(onlyWaits(quote)).toBeNull();
  }
});

it("tells what came back and stands as it was refused from what was changed since", () => {
  const back = { ...ask, given_back_at: 20 };
  expect(refusedAsItIs({ ask: back, updated_at: 20 }), "taken over and given back").toBe(true);
  expect(refusedAsItIs({ ask: back, updated_at: 10 })).toBe(true);
  expect(refusedAsItIs({ ask: back, updated_at: 21 }), "changed since").toBe(false);
  expect(refusedAsItIs({ ask, updated_at: 10 }), "it waits").toBe(false);
  expect(refusedAsItIs({ ask: null, updated_at: 10 })).toBe(false);
});

it("leads to the line that hinders, then to one with a price by hand", () => {
  const quote = (lineIds: (string | null)[], manual: string | null) =>
    ({
      problems: lineIds.map((line_id) => ({ line_id })),
      lines: [
        { id: "a", manual: null },
        { id: "b", manual: manual && { unit_price: manual } },
      ],
    }) as unknown as Quote;
  expect(toMend(quote([null, "a"], "104"))).toBe("a");
  expect(toMend(quote([null], "104"))).toBe("b");
  expect(toMend(quote([null], null))).toBeNull();
});
