import { expect, it } from "vitest";
import { faultOf, tidied } from "./companyFields";

it("takes a bank account of digits, with spaces between groups, and nothing else", () => {
  expect(faultOf("bank_account", "1102 0201 0900 1234 567")).toBeNull();
  expect(faultOf("bank_account", "1102020109001234567")).toBeNull();
  for (const wrong of ["6222-0201", "账号 1102020109", "1234567", "1".repeat(31), "12O456789"])
    expect(faultOf("bank_account", wrong), wrong).toMatch(/银行账号/);
});

it("folds full-width digits and keeps one space between groups of an account", () => {
  expect(tidied("bank_account", " １１０２  0201　0900 ")).toBe("1102 0201 0900");
});

it("takes a tax number of 15 to 20 digits and large letters, and makes small letters large", () => {
  expect(tidied("tax_no", "91320505ma1x8y7p2q")).toBe("91320505MA1X8Y7P2Q");
  expect(faultOf("tax_no", "91320505MA1X8Y7P2Q")).toBeNull();
  expect(faultOf("tax_no", "9132")).toMatch(/税号/);
});

it("lets every field but the name be empty", () => {
  expect(faultOf("tax_no", "")).toBeNull();
  expect(faultOf("bank_account", "")).toBeNull();
  expect(faultOf("name", "")).not.toBeNull();
});
