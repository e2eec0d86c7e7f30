import type { Quote } from "../../api/types";
import { Card } from "../../parts/Card";
import record from "../../parts/Record.module.css";
import { quotesText } from "../../text/quotes";
import { DocumentRead } from "./DocumentRead";

/** A draft that is in another's hands: all that stands in it, to be read, and no field that looks as if one could type. */
export function LockedDraft({ quote }: { quote: Quote }) {
  return (
    <div className={record.main}>
      <Card title={quotesText.customer}>
        <b>{quote.customer.name}</b>
      </Card>
      <DocumentRead quote={quote} />
    </div>
  );
}
