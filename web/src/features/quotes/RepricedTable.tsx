import { formatMoney, group, signed, trimZeros } from "../../parts/format";
import { useIsPhone } from "../../parts/useIsPhone";
import { quotesText } from "../../text/quotes";
import type { Moved } from "./movedSince";
import styles from "./RepricedTable.module.css";
import type { RepricedLine } from "./sincePrevious";

/** The colour of the way that a sum went. */
function wayOf(difference: string | null) {
  if (difference === null || /^-?0(\.0*)?$/.test(difference)) return undefined;
  return difference.startsWith("-") ? styles.down : styles.up;
}

const grouped = (decimal: string | null) => decimal && group(decimal);

interface OldAndNewProps {
  old: string | null;
  now: string | null;
  stacked: boolean;
}

/** Two cells beside each other, or one above the other where there is no room for both. */
function OldAndNew({ old, now, stacked }: OldAndNewProps) {
  if (!stacked) {
    return (
      <>
        <td className={styles.old}>{old}</td>
        <td>{now}</td>
      </>
    );
  }
  return (
    <td>
      <s className={styles.old}>{old}</s>
      <br />
      {now}
    </td>
  );
}

/** A price by hand stays: what moved beneath it, and whether it lies above that now or too far below. */
function HandNote({ line, hand }: { line: RepricedLine; hand: NonNullable<RepricedLine["hand"]> }) {
  const [old, now] = [grouped(line.old_unit_price) ?? "", grouped(line.new_unit_price) ?? ""];
  return (
    <small>
      {quotesText.handKept(group(hand.unit_price))}
      <br />
      {quotesText.handUnder(old, now)}
      <br />
      {hand.new_above != null ? (
        <b className={styles.above}>{quotesText.handAbove(hand.new_above)}</b>
      ) : (
        quotesText.handBelow(hand.old_below, hand.new_below)
      )}
      {hand.beyond !== null && <b className={styles.beyond}>{quotesText.handBeyond(hand.beyond)}</b>}
    </small>
  );
}

/** What stands on paper: the price by hand, else what the rules give. */
function PricesOf({ line, stacked }: { line: RepricedLine; stacked: boolean }) {
  if (line.hand === null) {
    const now = line.refusal?.detail ?? grouped(line.new_unit_price);
    return <OldAndNew old={grouped(line.old_unit_price)} now={now} stacked={stacked} />;
  }
  const kept = group(line.hand.unit_price);
  if (stacked) return <td>{kept}</td>;
  return (
    <>
      <td>{kept}</td>
      <td>{kept}</td>
    </>
  );
}

/** The sum below: old and new with what lies between, or that of now alone where there is no old one to set beside it. */
function SumOf({ repriced: { old, new: now, difference }, stacked }: { repriced: Moved; stacked: boolean }) {
  if (old === null) return <td colSpan={stacked ? 1 : 2}>{formatMoney(now.net)}</td>;
  return (
    <>
      <OldAndNew old={formatMoney(old.net)} now={formatMoney(now.net)} stacked={stacked} />
      <td className={wayOf(difference)}>{difference !== null && group(signed(difference))}</td>
    </>
  );
}

/** Old against new prices, line by line, with the difference that results where the sums can be set beside each other. */
export function RepricedTable({ repriced }: { repriced: Moved }) {
  const phone = useIsPhone();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{quotesText.product}</th>
          {phone ? (
            <th scope="col">{quotesText.oldToNow}</th>
          ) : (
            <>
              <th scope="col">{quotesText.old}</th>
              <th scope="col">{quotesText.now}</th>
            </>
          )}
          {repriced.old !== null && <th scope="col">{quotesText.difference}</th>}
        </tr>
      </thead>
      <tbody>
        {repriced.lines.map((line) => (
          <tr key={line.id}>
            <th scope="row">
              {line.name}
              <small>
                {trimZeros(line.qty)} {line.unit}
              </small>
              {line.hand !== null && <HandNote line={line} hand={line.hand} />}
            </th>
            <PricesOf line={line} stacked={phone} />
            {repriced.old !== null && (
              <td className={wayOf(line.difference)}>
                {line.difference !== null && group(signed(line.difference))}
              </td>
            )}
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{quotesText.gross}</th>
          <SumOf repriced={repriced} stacked={phone} />
        </tr>
      </tfoot>
    </table>
  );
}
