import type { Quote } from "../../api/types";
import { Card } from "../../parts/Card";
import { DocumentLines } from "../../parts/DocumentLines";
import record from "../../parts/Record.module.css";
import { TermsRead } from "../../parts/TermsRead";
import { TotalsList } from "../../parts/TotalsList";
import { quotesText } from "../../text/quotes";
import { OptionsCard } from "./OptionsCard";
import { WholeRead } from "./WholeLine";

/** A draft that is in another's hands: all that stands in it, to be read, and no field that looks as if one could type. */
export function LockedDraft({ quote }: { quote: Quote }) {
  return (
    <div className={record.main}>
      <Card title={quotesText.customer}>
        <b>{quote.customer.name}</b>
      </Card>
      <Card title={quotesText.lines(quote.lines.length)} flush>
        <DocumentLines lines={quote.lines} subtotals={quote.subtotals} />
        <div style={{ maxWidth: 360, marginLeft: "auto", padding: 16 }}>
          <WholeRead quote={quote} />
          <TotalsList totals={quote.totals} />
        </div>
      </Card>
      <OptionsCard quote={quote} />
      <TermsRead terms={quote.terms} />
      {quote.notes !== "" && (
        <Card title={quotesText.notes}>
          <p style={{ whiteSpace: "pre-wrap" }}>{quote.notes}</p>
        </Card>
      )}
    </div>
  );
}
