import type { CompanyProfile } from "../../api/types";
import { foldNumber } from "../../parts/format";
import { accessText } from "../../text/access";

/** What of the company is printed on its documents. */
export const PRINTED = {
  name: accessText.companyName,
  address: accessText.address,
  phone: accessText.phone,
  tax_no: accessText.taxNo,
  bank_name: accessText.bankName,
  bank_account: accessText.bankAccount,
} as const satisfies Partial<Record<keyof CompanyProfile, string>>;

export type PrintedField = keyof typeof PRINTED;

const ACCOUNT = /^\d[\d ]{6,34}\d$/;
const DIGITS_MIN = 8;
const DIGITS_MAX = 30;
const TAX_NO = /^[0-9A-Z]{15,20}$/;

/** As it should be printed: full-width digits folded, letters of a tax number large. */
export function tidied(field: PrintedField, typed: string): string {
  const text = typed.trim();
  if (field === "bank_account") return text.split(/\s+/).map(foldNumber).join(" ");
  return field === "tax_no" ? foldNumber(text).toUpperCase() : text;
}

/** Why this cannot stand on a document; null when it can. */
export function faultOf(field: PrintedField, value: string): string | null {
  if (value === "") return field === "name" ? accessText.nameMissing : null;
  if (field === "tax_no" && !TAX_NO.test(value)) return accessText.taxShape;
  if (field !== "bank_account") return null;
  const digits = value.replace(/ /g, "").length;
  return ACCOUNT.test(value) && digits >= DIGITS_MIN && digits <= DIGITS_MAX ? null : accessText.accountShape;
}
