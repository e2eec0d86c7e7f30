import type { PricedLine, Quote, Subtotal } from "../../api/types";
import { Icon } from "../../parts/Icon";
import { agreeingText } from "../../text/agreeing";
import type { DraftLine } from "./draftModel";
import { InCatalogue } from "./InCatalogue";
import { LineAgreed } from "./LineAgreed";
import { LineFaults } from "./LineFaults";
import { LineNote } from "./LineNote";
import { RoomSum } from "./RoomSum";
import type { ChangeDraft } from "./useQuoteDraft";

interface LineTailProps {
  line: DraftLine;
  named: string;
  priced: PricedLine | undefined;
  /** The figures belong to what stood here before. */
  stale: boolean;
  /** Its note was asked for a moment ago. */
  noting: boolean;
  change: ChangeDraft;
  onNoted: () => void;
  /** Why it lies beyond the own limit, where the line says so itself. */
  beyond?: string;
  /** That it is goods of the catalogue, typed as standing outside it. */
  listed?: Quote["problems"][number];
  /** The rooms, where their sums stand beneath their last lines. */
  subtotals?: Subtotal[];
  styles: { readonly [name in "note" | "agreed" | "refusal" | "floor" | "above"]?: string };
}

/** What stands beneath a line, on a phone as on a PC: its note, what was agreed, its room's sum, what is wrong with it. */
export function LineTail({
  line,
  named,
  priced,
  stale,
  noting,
  change,
  onNoted,
  beyond,
  listed,
  subtotals = [],
  styles,
}: LineTailProps) {
  const now = stale ? undefined : priced;
  return (
    <>
      <LineNote
        className={styles.note}
        line={line}
        named={named}
        fresh={noting}
        change={change}
        onLeave={onNoted}
      />
      {now && <LineAgreed priced={now} className={styles.agreed} />}
      <RoomSum line={line} subtotals={subtotals} className={styles.agreed} />
      {now?.percent_above != null && now.percent_below == null && (
        <p className={styles.above}>
          <Icon name="warning" size={16} />
          {agreeingText.above(now.percent_above)}
        </p>
      )}
      {now && line.own && listed && (
        <InCatalogue line={line.id} problem={listed} className={styles.refusal} change={change} />
      )}
      {now && <LineFaults priced={now} beyond={beyond} styles={styles} />}
    </>
  );
}
