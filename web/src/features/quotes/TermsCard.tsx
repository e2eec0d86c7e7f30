import { useId, useState } from "react";
import { usePaper } from "../../api/session";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { termsRead } from "../../parts/termsRead";
import { agreeingText } from "../../text/agreeing";
import { picturesText } from "../../text/pictures";
import styles from "./Agreeing.module.css";
import type { DraftDoc } from "./draftModel";
import { TermsSheet } from "./TermsSheet";
import type { ChangeDraft } from "./useQuoteDraft";

/** Site, delivery, invoice and payment of a draft, and the way to change them. */
export function TermsCard({ doc, change }: { doc: DraftDoc; change: ChangeDraft }) {
  const [open, setOpen] = useState(false);
  const rows = termsRead(doc.terms);
  return (
    <div className={styles.card}>
      <Card
        title={agreeingText.terms}
        actions={
          <Button small look="text" onClick={() => setOpen(true)}>
            {rows.length === 0 ? agreeingText.termsEdit : agreeingText.termsChange}
          </Button>
        }
      >
        {rows.length === 0 ? (
          <p className={styles.quiet}>{agreeingText.termsEmpty}</p>
        ) : (
          <dl className={styles.terms}>
            {rows.map((row) => (
              <div key={row.label}>
                <dt>{row.label}</dt>
                <dd>{row.value}</dd>
              </div>
            ))}
          </dl>
        )}
        <PicturesSwitch doc={doc} change={change} />
      </Card>
      {open && (
        <TermsSheet
          terms={doc.terms ?? {}}
          onSave={(terms) => change({ kind: "terms", terms })}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

/** Whether this document shows pictures of the goods; without a choice it is as the template has it. */
function PicturesSwitch({ doc, change }: { doc: DraftDoc; change: ChangeDraft }) {
  const id = useId();
  const paper = usePaper();
  const on = doc.terms?.pictures ?? paper.picturesUsual;
  return (
    <div className={styles.pictures}>
      <label>
        <input
          type="checkbox"
          checked={on}
          aria-describedby={id}
          onChange={(event) =>
            change({ kind: "terms", terms: { ...doc.terms, pictures: event.target.checked } })
          }
        />
        {picturesText.onQuote}
      </label>
      <p id={id} className={styles.limit}>
        {on && !paper.picturesPrinted ? picturesText.notPrinted : picturesText.onQuoteHint}
      </p>
    </div>
  );
}
