import type { QuoteTerms } from "../api/types";
import { agreeingText as words } from "../text/agreeing";
import { formatDay } from "./format";

const joined = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(" · ");

const named = (names: Record<string, string>, key: string | null | undefined) =>
  key ? names[key] : undefined;

/** The terms that are said, as people read them. */
export function termsRead(terms: QuoteTerms | null | undefined): { label: string; value: string }[] {
  if (!terms) return [];
  const deposit = terms.deposit_percent
    ? words.percentOf(terms.deposit_percent)
    : terms.deposit_amount
      ? words.yuan(terms.deposit_amount)
      : "";
  const tax =
    terms.includes_tax === true ? words.taxes.yes : terms.includes_tax === false ? words.taxes.no : "";
  return [
    { label: words.siteAddress, value: terms.site_address ?? "" },
    { label: words.siteContact, value: joined(terms.site_contact, terms.site_phone) },
    {
      label: words.deliveryDay,
      value: joined(terms.delivery_day && formatDay(terms.delivery_day), terms.delivery_words),
    },
    { label: words.tax, value: tax },
    { label: words.invoice, value: named(words.invoices, terms.invoice) ?? "" },
    { label: words.payment, value: joined(named(words.payments, terms.payment), terms.payment_words) },
    { label: words.deposit, value: deposit },
  ].filter((row) => row.value !== "");
}
