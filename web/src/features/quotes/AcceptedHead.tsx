import { useEffect, useRef } from "react";
import type { SharedQuote } from "../../api/types";
import { formatMoment } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { sharedPageText } from "../../text/sharedPage";
import styles from "./SharedQuotePage.module.css";

interface AcceptedHeadProps {
  accepted: NonNullable<SharedQuote["accepted"]>;
  /** It was accepted on this page a moment ago. */
  justNow: boolean;
}

/** That it is accepted; who accepted it here, far down the page, is led up to it. */
export function AcceptedHead({ accepted, justNow }: AcceptedHeadProps) {
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!justNow) return;
    head.current?.scrollIntoView({ block: "start" });
    head.current?.focus({ preventScroll: true });
  }, [justNow]);
  return (
    <section ref={head} className={`${styles.card} ${styles.good}`} role="status" tabIndex={-1}>
      <Icon name="check" size={24} />
      <div>
        <b>{sharedPageText.acceptedTitle}</b>
        <p>{sharedPageText.acceptedBy(accepted.signer, formatMoment(accepted.at))}</p>
        <p>{sharedPageText.orderNumber(accepted.order_number)}</p>
      </div>
    </section>
  );
}
