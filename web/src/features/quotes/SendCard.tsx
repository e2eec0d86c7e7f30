import { useSealMissing } from "../../api/session";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { Note } from "../../parts/Note";
import { ProblemNote } from "../../parts/ProblemNote";
import { quotesText } from "../../text/quotes";
import { shareText } from "../../text/share";
import { MadeLinkNote } from "./MadeLinkNote";
import { PdfActs } from "./PdfActs";
import styles from "./SendCard.module.css";
import { ShareLinks } from "./ShareLinks";
import shared from "./ShareLinks.module.css";
import { useQuotePdf } from "./useQuotePdf";
import { type Sending, useSending } from "./useSending";

interface SendCardProps {
  quote: Quote;
  /** Issued a moment ago on this screen: sending it is the next step. */
  fresh: boolean;
  onSeen: () => void;
  onSign?: () => void;
}

/** What no longer holds, or is signed, is not sent to the customer. */
const UNSENDABLE = ["superseded", "cancelled", "expired", "signed"];

/** A link was made that customers can open, or they opened one, or the file was passed on from here. */
const wasSent = ({ links, inside }: Sending, passed: boolean) =>
  passed || links.some((link) => !inside || link.seen_at !== null);

/** The one main act: sending until it was first sent, then recording that it was signed; none while it is held. */
function mainAct(quote: Quote, sending: Sending, passed: boolean, mayKeepSigned: boolean) {
  if (quote.hold || !sending.known) return null;
  if (sending.mayShare && !wasSent(sending, passed)) return "send";
  return mayKeepSigned ? "sign" : null;
}

/** The one place from which an issued quotation goes to its customer, and where it is told what became of it. */
export function SendCard({ quote, fresh, onSeen, onSign }: SendCardProps) {
  const sending = useSending(quote);
  const pdf = useQuotePdf(quote, fresh, onSeen);
  const unsealed = useSealMissing();
  const ready = !unsealed ? quotesText.pdfReady : fresh ? quotesText.pdfNoSeal : quotesText.pdfMaybeNoSeal;
  const sendable = !UNSENDABLE.includes(quote.state);
  // Where customers cannot open the links, the file is what is sent.
  const onlyInside = sending.mayShare && sending.inside;
  const byFile = !sending.mayShare || onlyInside;
  const main = mainAct(quote, sending, pdf.passed, onSign !== undefined);
  const look = (act: "send" | "sign") => (main === act ? "primary" : "plain");
  const problem = sending.problem ?? pdf.problem;
  return (
    <section
      className={fresh ? `${styles.card} ${styles.fresh}` : styles.card}
      aria-label={quotesText.sending}
    >
      <p className={styles.title} role="status">
        <Icon name={pdf.making ? "clock" : unsealed ? "warning" : "seal"} size={20} />
        {pdf.making ? quotesText.pdfMaking : ready}
      </p>
      {sending.replaced !== null && <p className={shared.replaced}>{shareText.replaced(sending.replaced)}</p>}
      {sendable && onlyInside && (
        <div className={shared.inside}>
          <Note>{shareText.inside}</Note>
        </div>
      )}
      {(sendable || onSign) && (
        <div className={styles.main}>
          {sendable && (
            <Button
              look={look("send")}
              icon="share"
              busy={byFile ? pdf.busy : sending.busy}
              disabled={!sending.known}
              onClick={byFile ? pdf.forward : sending.send}
            >
              {onlyInside ? shareText.sendPdf : quotesText.share}
            </Button>
          )}
          {sendable && onlyInside && (
            <Button icon="link" busy={sending.busy} onClick={sending.send}>
              {shareText.insideLink}
            </Button>
          )}
          {onSign && (
            <Button look={look("sign")} icon="check" onClick={onSign}>
              {quotesText.sign}
            </Button>
          )}
        </div>
      )}
      {problem && <ProblemNote problem={problem} />}
      <MadeLinkNote sending={sending} />
      <ShareLinks quote={quote} sending={sending} />
      <PdfActs quote={quote} pdf={pdf} sendable={sendable || quote.state === "signed"} onSeen={onSeen} />
    </section>
  );
}
