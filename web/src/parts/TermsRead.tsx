import type { QuoteTerms } from "../api/types";
import { agreeingText } from "../text/agreeing";
import { Card } from "./Card";
import { Facts } from "./Facts";
import { termsRead } from "./termsRead";

/** The terms of what was issued or signed; nothing when none were agreed. */
export function TermsRead({ terms }: { terms: QuoteTerms }) {
  const rows = termsRead(terms);
  if (rows.length === 0) return null;
  return (
    <Card title={agreeingText.terms}>
      <Facts facts={rows} />
    </Card>
  );
}
