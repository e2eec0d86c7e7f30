import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { SharedLine, SharedQuote } from "../../api/types";
import { SharedGoods } from "./SharedGoods";

afterEach(cleanup);

const line: SharedLine = {
  code: "",
  name: "内墙乳胶漆",
  spec: "",
  unit: "桶",
  pack: null,
  qty: "60.000",
  unit_price: null,
  amount: null,
  net: null,
  note: "",
  picture: null,
  thumb: null,
  room: "",
  room_sum: null,
};

const whole: SharedQuote = {
  company: "苏建材",
  number: "SZ26-000001",
  revision: 1,
  state: "issued",
  customer: "苏州金鼎",
  contact: "",
  issued_day: "2026-11-24",
  valid_until: "2026-12-01",
  salesperson: "王磊",
  salesperson_phone: "",
  prices_include_tax: true,
  with_english: false,
  option: null,
  lines: [line],
  amount: "7680.00",
  taken_off: [{ why: "whole", amount: "80.00" }],
  totals: { net: "7600.00", net_ex_tax: "6725.66", tax: "874.34" },
  terms: [],
  notes: "",
  closed: null,
  accepted: null,
};

const said = (quote: SharedQuote) => render(<SharedGoods quote={quote} token="t" />).container.textContent;

it("shows the sums, the tax and how prices are meant where the paper does", () => {
  for (const words of ["7,680.00", "整单优惠", "6,725.66", "874.34", "以上价格含税", "7,600.00"]) {
    expect(said(whole)).toContain(words);
    cleanup();
  }
});

it("shows goods and total alone where the paper leaves the rest out", () => {
  const totals = { net: "7600.00", net_ex_tax: null, tax: null };
  const bare = said({ ...whole, prices_include_tax: null, amount: null, taken_off: [], totals });
  for (const words of ["内墙乳胶漆", "60 桶", "7,600.00"]) expect(bare).toContain(words);
  for (const words of ["商品金额", "整单优惠", "不含税", "税额", "以上"]) expect(bare).not.toContain(words);
});
