import { useState } from "react";
import type { Quote } from "../../api/types";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { shareText } from "../../text/share";
import { CodeSheet } from "./CodeSheet";
import { ShareLinkRow } from "./ShareLinkRow";
import styles from "./ShareLinks.module.css";
import { ShareLooks } from "./ShareLooks";
import type { Sending } from "./useSending";

/** The links under which the customer opens this version: until when, who looked, taken back, the code to accept. */
export function ShareLinks({ quote, sending }: { quote: Quote; sending: Sending }) {
  const [handing, setHanding] = useState<number | null>(null);
  const [leaving, setLeaving] = useState<number | null>(null);
  const { links, looks, mayShare, withdraw } = sending;
  if (links.length === 0) return null;
  return (
    <>
      <ul className={styles.links} aria-label={shareText.title}>
        {links.map((link) => (
          <ShareLinkRow
            key={link.id}
            link={link}
            mayShare={mayShare}
            coded={links.some((one) => one.code_until !== null)}
            signed={quote.state === "signed"}
            busy={withdraw.isPending}
            onCode={() => setHanding(link.id)}
            onWithdraw={() => setLeaving(link.id)}
          />
        ))}
      </ul>
      <ShareLooks looks={looks} />
      <Sheet
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        title={shareText.withdrawTitle}
        footer={
          <SheetActs
            look="danger"
            busy={withdraw.isPending}
            onClose={() => setLeaving(null)}
            onClick={() =>
              leaving !== null && withdraw.mutate(leaving, { onSettled: () => setLeaving(null) })
            }
          >
            {shareText.withdraw}
          </SheetActs>
        }
      >
        <p>{shareText.withdrawAsk}</p>
      </Sheet>
      {handing !== null && <CodeSheet quote={quote} share={handing} onClose={() => setHanding(null)} />}
    </>
  );
}
