import { useState } from "react";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { termsRead } from "../../parts/termsRead";
import { agreeingText } from "../../text/agreeing";
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
