import { useQuery } from "@tanstack/react-query";
import { fetchFile } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery, useSealMissing } from "../../api/session";
import type { Quote } from "../../api/types";
import { Button, buttonClass } from "../../parts/Button";
import { copyText } from "../../parts/copyText";
import { Icon } from "../../parts/Icon";
import { ProblemNote } from "../../parts/ProblemNote";
import { printFile } from "../../parts/printFile";
import { toast } from "../../parts/toast";
import { useIsPhone } from "../../parts/useIsPhone";
import { printText } from "../../text/print";
import { quotesText } from "../../text/quotes";
import { leadToLink } from "./leadToLink";
import styles from "./PdfCard.module.css";
import { pdfAddress } from "./quoteApi";

interface PdfCardProps {
  quote: Quote;
  /** Issued a moment ago on this screen: sending it is the next step. */
  fresh: boolean;
  onSeen: () => void;
  onSign?: () => void;
}

/** What no longer holds is not sent to the customer. */
const UNSENDABLE = ["superseded", "cancelled", "expired"];

/** The sealed PDF: look at it, keep it, send it, record that it was signed; always in this order. */
export function PdfCard({ quote, fresh, onSeen, onSign }: PdfCardProps) {
  const company = useQuery(meQuery).data?.company.name ?? "";
  const address = pdfAddress(quote.id);
  const name = `${quotesText.versioned(quote.number ?? "", quote.revision)}.pdf`.replace(" · ", "-");
  const file = useQuery({
    queryKey: ["quotes", "pdf", quote.id],
    queryFn: () => fetchFile(address, name),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    enabled: fresh,
  });
  const download = () => {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    onSeen();
  };
  const phone = useIsPhone();
  /** On a PC one sends the link, and beside this button stands the one that downloads. */
  const share = async () => {
    if (!phone && leadToLink()) return;
    const ready = file.data ?? (await file.refetch()).data;
    onSeen();
    if (ready && navigator.canShare?.({ files: [ready] })) {
      // A sheet that is closed again without sending is no fault.
      await navigator
        .share({ files: [ready], title: quotesText.shareText(quote.number ?? "", company) })
        .catch(() => undefined);
      return;
    }
    if (phone && leadToLink()) return;
    download();
    toast(quotesText.shareFallback);
  };
  /** The very paper that the customer gets, with its seal. */
  const print = async () => {
    // A PDF that cannot be made is told below, and not printed.
    const made = file.data ?? (await file.refetch()).data;
    if (!made) return;
    onSeen();
    if (await printFile(address)) return;
    if (!window.open(address, "_blank")) toast(printText.blocked, { tone: "fault" });
  };
  const unsealed = useSealMissing();
  const ready = !unsealed ? quotesText.pdfReady : fresh ? quotesText.pdfNoSeal : quotesText.pdfMaybeNoSeal;
  const making = fresh && file.isPending;
  const sign = onSign && (
    <Button look={fresh || quote.hold ? "plain" : "primary"} icon="check" onClick={onSign}>
      {quotesText.sign}
    </Button>
  );
  return (
    <section className={fresh ? `${styles.card} ${styles.fresh}` : styles.card} aria-label={quotesText.pdf}>
      <p className={styles.title} role="status">
        <Icon name={making ? "clock" : unsealed ? "warning" : "seal"} size={20} />
        {making ? quotesText.pdfMaking : ready}
      </p>
      <div className={styles.actions}>
        <a
          className={buttonClass((fresh || !onSign) && !quote.hold ? "primary" : "plain")}
          href={address}
          target="_blank"
          rel="noreferrer"
          onClick={onSeen}
        >
          <Icon name="eye" size={18} />
          <span>{quotesText.viewPdf}</span>
        </a>
        <Button icon="download" onClick={download}>
          {quotesText.download}
        </Button>
        {!phone && (
          <Button icon="print" onClick={print}>
            {printText.pdf}
          </Button>
        )}
        {!UNSENDABLE.includes(quote.state) && (
          <Button icon="share" busy={file.isFetching && !making} onClick={share}>
            {quotesText.share}
          </Button>
        )}
        {quote.verify_code && (
          <Button
            look="text"
            icon="link"
            onClick={() => copyText(`${window.location.origin}/v/${quote.verify_code}`)}
          >
            {quotesText.verify}
          </Button>
        )}
        {sign}
      </div>
      {file.error && <ProblemNote problem={asProblem(file.error)} />}
    </section>
  );
}
