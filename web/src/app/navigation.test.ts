import { expect, it } from "vitest";
import { PLACES, phoneTabs, placeAt, sideBar, tabHolds } from "./navigation";

const openTo = (rights: string[]) =>
  PLACES.filter(({ needs }) => needs === undefined || rights.includes(needs));
const tabsOf = (...rights: string[]) => phoneTabs(openTo(rights));
const words = (...rights: string[]) => tabsOf(...rights).map(({ tab, word }) => tab ?? word);

it("gives the thumb one tab for quotations and orders, called by both, and a tab of its own to one of them alone", () => {
  const seller = ["quote.read", "order.read", "customer.read", "product.read"];
  expect(words(...seller)).toEqual(["今天", "客户", "报价订单", "我的"]);
  expect(words("quote.read", "customer.read")).toEqual(["今天", "客户", "报价", "我的"]);
  expect(words("order.read", "customer.read", "product.read")).toEqual(["今天", "客户", "订单", "我的"]);
  expect(words("product.read")).toEqual(["今天", "商品", "我的"]);
});

it("lights the tab of both on orders where they share it, and one tab alone", () => {
  const tabs = tabsOf("quote.read", "order.read", "customer.read");
  const lit = (path: string) => tabs.filter(({ to }) => tabHolds(to, path, tabs)).map(({ to }) => to);
  expect(lit("/orders/7")).toEqual(["/quotes"]);
  expect(lit("/quotes")).toEqual(["/quotes"]);
  expect(lit("/")).toEqual(["/"]);
  expect(lit("/config")).toEqual([]);
  const keeper = tabsOf("order.read", "customer.read");
  expect(keeper.filter(({ to }) => tabHolds(to, "/orders", keeper)).map(({ to }) => to)).toEqual(["/orders"]);
});

const ADMINISTRATOR = [
  "people.read",
  "people.write",
  "company.write",
  "audit.read",
  "keys.write",
  "webhooks.write",
];

it("gives whoever only manages those pages in the side bar, and leaves them tucked away for everybody else", () => {
  const barOf = (...rights: string[]) => {
    const { work, managing } = sideBar(openTo(rights));
    return [work, managing].map((places) => places.map(({ word }) => word));
  };
  expect(barOf(...ADMINISTRATOR)).toEqual([
    ["今天", "任务", "消息"],
    ["人员", "组织", "公司资料", "操作记录", "API 密钥", "外发地址", "备份"],
  ]);
  expect(barOf("people.read", "people.write")).toEqual([
    ["今天", "任务", "消息"],
    ["人员", "组织"],
  ]);
  const owner = ["quote.read", "customer.read", "people.read", "audit.read", "keys.write"];
  expect(barOf(...owner)).toEqual([["今天", "任务", "报价", "客户", "人员", "消息"], []]);
});

it("lights one place of the side bar, the nearest above the page", () => {
  const { work, managing } = sideBar(openTo(ADMINISTRATOR));
  const lit = (path: string) => placeAt(path, [...work, ...managing])?.to;
  expect(lit("/people/orgs")).toBe("/people/orgs");
  expect(lit("/people/7/rights")).toBe("/people");
  expect(lit("/")).toBe("/");
  expect(lit("/me")).toBeUndefined();
  expect(
    placeAt(
      "/people/orgs",
      openTo(["people.read"]).filter((place) => !place.tucked),
    )?.to,
  ).toBe("/people");
});
