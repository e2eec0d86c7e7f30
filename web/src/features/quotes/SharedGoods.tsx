import type { SharedLine, SharedQuote } from "../../api/types";
import { Facts } from "../../parts/Facts";
import { formatMoney, trimZeros } from "../../parts/format";
import { reduction } from "../../parts/reductions";
import { Thumb } from "../../parts/Thumb";
import { agreeingText } from "../../text/agreeing";
import { picturesText } from "../../text/pictures";
import { sharedPageText } from "../../text/sharedPage";
import styles from "./SharedGoods.module.css";
import page from "./SharedQuotePage.module.css";
import { SharedWords } from "./SharedWords";

/** The goods, sums, terms and notes as the paper has them. */
export function SharedGoods({ quote, token }: { quote: SharedQuote; token: string }) {
  const pictured = quote.lines.some((line) => line.thumb !== null);
  return (
    <section className={page.card}>
      <h2 className={page.title}>{sharedPageText.goods(quote.lines.length)}</h2>
      <ul>
        {quote.lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are frozen.
          <Line key={place} line={line} before={quote.lines[place - 1]} token={pictured ? token : null} />
        ))}
      </ul>
      <Sums quote={quote} />
      {quote.prices_include_tax !== null && (
        <p className={page.small}>
          {quote.prices_include_tax ? sharedPageText.taxed : sharedPageText.untaxed}
        </p>
      )}
      {quote.terms.length > 0 && (
        <>
          <h2 className={page.title}>
            <SharedWords word="terms" english={quote.with_english} />
          </h2>
          <Facts facts={quote.terms} />
        </>
      )}
      {quote.notes !== "" && (
        <>
          <h2 className={page.title}>
            <SharedWords word="notes" english={quote.with_english} />
          </h2>
          <p className={page.notes}>{quote.notes}</p>
        </>
      )}
    </section>
  );
}

interface LineProps {
  line: SharedLine;
  before: SharedLine | undefined;
  /** Where pictures are shown: the token of the link that they are read by. */
  token: string | null;
}

/** One line; the name of its room above the first of a room, their sum below the last. */
function Line({ line, before, token }: LineProps) {
  const qty = `${trimZeros(line.qty)} ${line.unit}`;
  const sum = line.net ?? line.amount;
  const begins = line.room !== "" && (before?.room !== line.room || before.room_sum !== null);
  return (
    <>
      {begins && <li className={styles.room}>{line.room}</li>}
      <li className={styles.line}>
        {token !== null && <Picture line={line} token={token} />}
        <span className={styles.what}>
          <b>{line.name}</b>
          <small>{[line.code, line.spec].filter(Boolean).join(" · ")}</small>
          {line.note !== "" && <small>{line.note}</small>}
          <small>
            {line.unit_price === null ? qty : sharedPageText.times(formatMoney(line.unit_price), qty)}
            {line.pack !== null && <span className={styles.pack}>{line.pack}</span>}
          </small>
        </span>
        <span className={styles.sum}>
          {sum !== null && <b>{formatMoney(sum)}</b>}
          {line.amount !== null && line.net !== null && line.net !== line.amount && (
            <small>{sharedPageText.listed(formatMoney(line.amount))}</small>
          )}
        </span>
      </li>
      {line.room_sum !== null && (
        <li className={styles.roomSum}>
          <span>{agreeingText.subtotal(line.room)}</span>
          <b>{formatMoney(line.room_sum)}</b>
        </li>
      )}
    </>
  );
}

/** The picture of a line, which opens large; an empty place of the same size where a line has none. */
function Picture({ line, token }: { line: SharedLine; token: string }) {
  const source = (file: string) => `/api/public/shares/${token}/pictures/${file}`;
  if (line.picture === null || line.thumb === null) return <Thumb src={null} size={56} />;
  return (
    <a
      className={styles.picture}
      href={source(line.picture)}
      target="_blank"
      rel="noreferrer"
      aria-label={picturesText.large(line.name)}
    >
      <Thumb src={source(line.thumb)} size={56} />
    </a>
  );
}

function Sums({ quote }: { quote: SharedQuote }) {
  const { totals, taken_off: taken, with_english: english } = quote;
  return (
    <dl className={styles.sums}>
      {taken.length > 0 && quote.amount !== null && (
        <div>
          <dt>
            <SharedWords word="amount" english={english} />
          </dt>
          <dd>{formatMoney(quote.amount)}</dd>
        </div>
      )}
      {taken.map((one) => (
        <div key={one.why}>
          <dt>
            <SharedWords word={sharedPageText.takenOff[one.why] ?? "lines"} english={english} />
          </dt>
          <dd>{reduction(one.amount)}</dd>
        </div>
      ))}
      {totals.net_ex_tax !== null && (
        <div>
          <dt>
            <SharedWords word="exTax" english={english} />
          </dt>
          <dd>{formatMoney(totals.net_ex_tax)}</dd>
        </div>
      )}
      {totals.tax !== null && (
        <div>
          <dt>
            <SharedWords word="tax" english={english} />
          </dt>
          <dd>{formatMoney(totals.tax)}</dd>
        </div>
      )}
      <div className={styles.total}>
        <dt>
          <SharedWords word="total" english={english} />
        </dt>
        <dd>{formatMoney(totals.net)}</dd>
      </div>
    </dl>
  );
}
