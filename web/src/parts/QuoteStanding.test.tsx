import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import type { QuoteRow } from "../api/types";
import { addDays, formatDay, today } from "./format";
import { QuoteStanding } from "./QuoteStanding";

const reads = (state: QuoteRow["state"], days: number, repriced = false) => {
  const shown = render(<QuoteStanding row={{ state, repriced, valid_until: addDays(today(), days) }} />);
  const { textContent } = shown.container;
  shown.unmount();
  return textContent;
};

it("says until when a quotation that waits can be signed", () => {
  expect(reads("issued", 7)).toBe(`${formatDay(addDays(today(), 7))}到期待签回`);
  expect(reads("issued", 1)).toBe(`${formatDay(addDays(today(), 1))}到期待签回`);
  expect(reads("issued", 0)).toBe("今天到期待签回");
});

it("says the state alone where no day is waited for any more", () => {
  expect([reads("expired", -1), reads("signed", 7), reads("draft", 7)]).toEqual(["已过期", "已签约", "草稿"]);
});

it("says of a draft that its goods have new prices, so that nobody reads the old sum as today's", () => {
  expect(reads("draft", 7, true)).toBe("商品有新价草稿");
});
