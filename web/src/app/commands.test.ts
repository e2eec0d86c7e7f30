import { expect, it } from "vitest";
import type { Me } from "../api/types";
import { VISITED_MAX, type Visited, withVisited } from "../parts/visited";
import { ACTIONS } from "./actions";
import { ownCommands, recentCommands } from "./commands";
import { PLACES } from "./navigation";

const person = (...rights: string[]) => ({ rights, viewing: null }) as unknown as Me;
const words = (typed: string, me: Me) => ownCommands(typed, me).map(({ word }) => word);

/** The first letter of each syllable that stands in the names of pages and actions. */
const INITIALS: Record<string, string> = {
  b: "报备表",
  c: "成操处长出",
  d: "单导登订的地",
  f: "发份",
  g: "格改公",
  h: "户",
  j: "今价计建键记交捷",
  k: "客快",
  l: "录率理料",
  m: "密码目",
  p: "品",
  r: "任入人",
  s: "商设时司",
  t: "天台退",
  w: "务我外",
  x: "新消息修",
  y: "与员钥",
  z: "作址织组资",
};
const letterOf = (letter: string) =>
  /[a-z]/i.test(letter)
    ? letter.toLowerCase()
    : (Object.keys(INITIALS).find((one) => INITIALS[one]?.includes(letter)) ?? `[${letter}]`);

it("finds every page and every action by the first letters of its syllables", () => {
  for (const { word, initials } of [...PLACES, ...ACTIONS]) {
    expect(initials, word).toBe([...word.replace(/\s/g, "")].map(letterOf).join(""));
  }
});

it("finds by a part of the name or of its initials, in small or capital letters", () => {
  const me = person("quote.write", "customer.write", "product.read", "keys.write");
  expect(words("xj", me)).toEqual(["新建报价", "新建客户"]);
  expect(words("XJKH", me)).toEqual(["新建客户"]);
  expect(words("价格", me)).toEqual(["商品与价格"]);
  expect(words("jg", me)).toEqual(["商品与价格"]);
  expect(words("api", me)).toEqual(["API 密钥"]);
  expect(words("没有这个", me)).toEqual([]);
});

it("offers what the rights allow, and through another's eyes neither the password nor the way out", () => {
  expect(words("导入", person("config.read"))).toEqual([]);
  expect(words("导入", person("config.edit"))).toEqual(["导入价目表"]);
  expect(words("退出", person())).toEqual(["退出登录"]);
  const viewing = { ...person(), viewing: { by: "x" } } as unknown as Me;
  expect(words("退出", viewing)).toEqual([]);
  const looking = { ...person("customer.write"), viewing: { by: "x" } } as unknown as Me;
  expect(words("新建客户", looking), "who only looks makes nothing").toEqual([]);
});

it("keeps what was opened last first, once each, and not for ever", () => {
  const one = (id: number): Visited => ({ kind: "customer", id, word: `客户 ${id}`, detail: "" });
  let list: Visited[] = [];
  for (let id = 0; id < 2 * VISITED_MAX; id += 1) list = withVisited(list, one(id));
  expect(list).toHaveLength(VISITED_MAX);
  expect(
    withVisited(list, one(20))
      .map(({ id }) => id)
      .slice(0, 2),
  ).toEqual([20, 23]);
  expect(withVisited(list, one(20))).toHaveLength(VISITED_MAX);
  const quote: Visited = { kind: "quote", id: 20, word: "BJ-20", detail: "" };
  expect(withVisited([one(20)], quote)).toEqual([quote, one(20)]);
});

it("shows of what was opened last only what may still be opened", () => {
  const list: Visited[] = [
    { kind: "customer", id: 7, word: "甲", detail: "乙" },
    { kind: "order", id: 3, word: "DD-3", detail: "甲" },
  ];
  expect(recentCommands(list, person("order.read")).map(({ word }) => word)).toEqual(["DD-3"]);
  expect(recentCommands(list, undefined)).toEqual([]);
});
