import { expect, it } from "vitest";
import { PLACES, phoneTabs, tabHolds } from "./navigation";

const tabsOf = (...rights: string[]) =>
  phoneTabs(PLACES.filter(({ needs }) => needs === undefined || rights.includes(needs)));
const words = (...rights: string[]) => tabsOf(...rights).map(({ tab, word }) => tab ?? word);

it("gives the thumb 报价 wherever somebody quotes, and orders to whoever has orders alone", () => {
  const seller = ["quote.read", "order.read", "customer.read", "product.read"];
  expect(words(...seller)).toEqual(["今天", "客户", "报价", "我的"]);
  expect(words("order.read", "customer.read", "product.read")).toEqual(["今天", "客户", "订单", "我的"]);
  expect(words("product.read")).toEqual(["今天", "商品", "我的"]);
});

it("lights 报价 on orders where they share a tab, and one tab alone", () => {
  const tabs = tabsOf("quote.read", "order.read", "customer.read");
  const lit = (path: string) => tabs.filter(({ to }) => tabHolds(to, path, tabs)).map(({ to }) => to);
  expect(lit("/orders/7")).toEqual(["/quotes"]);
  expect(lit("/quotes")).toEqual(["/quotes"]);
  expect(lit("/")).toEqual(["/"]);
  expect(lit("/config")).toEqual([]);
  const keeper = tabsOf("order.read", "customer.read");
  expect(keeper.filter(({ to }) => tabHolds(to, "/orders", keeper)).map(({ to }) => to)).toEqual(["/orders"]);
});
