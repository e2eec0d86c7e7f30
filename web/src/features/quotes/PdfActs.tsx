import type { Quote } from "../../api/types";
import { Button, buttonClass } from "../../parts/Button";
import { copyText } from "../../parts/copyText";
import { Icon } from "../../parts/Icon";
import { useIsPhone } from "../../parts/useIsPhone";
import { printText } from "../../text/print";
import { quotesText } from "../../text/quotes";
import styles from "./SendCard.module.css";
import type { QuotePdf } from "./useQuotePdf";

interface PdfActsProps {
  quote: Quote;
  pdf: QuotePdf;
  /** It still holds, so the file may be passed on. */
  sendable: boolean;
  onSeen: () => void;
}

/** What else can be done with the PDF; always in this order. */
export function PdfActs({ quote, pdf, sendable, onSeen }: PdfActsProps) {
  const phone = useIsPhone();
  return (
    <div className={styles.pdf}>
      <a
        className={buttonClass("plain")}
        href={pdf.address}
        target="_blank"
        rel="noreferrer"
        onClick={onSeen}
      >
        <Icon name="eye" size={18} />
        <span>{quotesText.viewPdf}</span>
      </a>
      <Button icon="download" onClick={pdf.download}>
        {quotesText.download}
      </Button>
      {!phone && (
        <Button icon="print" onClick={pdf.print}>
          {printText.pdf}
        </Button>
      )}
      {phone && sendable && typeof navigator.canShare === "function" && (
        <Button icon="share" busy={pdf.busy} onClick={pdf.forward}>
          {quotesText.forwardPdf}
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
    </div>
  );
}
