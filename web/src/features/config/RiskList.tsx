import type { Checks } from "../../api/types";
import { Icon } from "../../parts/Icon";
import { riskText } from "../../text/risks";
import styles from "./RiskList.module.css";
import { causesOf } from "./riskCauses";
import { EACH_MAX, type RiskTicks } from "./riskTicks";

interface RiskListProps {
  risks: Checks["risks"];
  /** Where they must be acknowledged; without it they are only told. */
  ticks?: RiskTicks;
  hint?: string;
  /** The rows on which the page tells it anyway. */
  told?: ReadonlySet<string>;
  /** Stands between other parts of a page instead of in a sheet. */
  band?: boolean;
}

type Risk = Checks["risks"]["items"][number];

const nameOf = (risk: Risk) => risk.key ?? "";

/**
 * What stands out in a draft, row by row, the row with the largest first: a row is told once with all its reasons, and
 * acknowledged once for all of them; where there are many rows, they are acknowledged as a list.
 */
export function RiskList({ risks, ticks, hint, told, band = false }: RiskListProps) {
  const { count, rows } = risks;
  const items = risks.items.filter(({ key }) => key == null || told?.has(key) !== true);
  if (count === 0) return null;
  const each = ticks !== undefined && rows <= EACH_MAX;
  const onRows = items.length < risks.items.length ? riskText.onRows(items.length > 0) : undefined;
  const says = hint ?? (each ? riskText.tickEach : onRows);
  const title = riskText.title(rows, count, causesOf(risks));
  return (
    <section className={band ? `${styles.panel} ${styles.band}` : styles.panel} aria-label={title}>
      <p className={styles.title}>
        <Icon name="warning" size={18} />
        {title}
      </p>
      {says && <p className={styles.hint}>{says}</p>}
      {items.length > 0 && (
        <ul className={styles.list}>
          {items.map((risk) => (
            <li key={nameOf(risk)}>
              {each ? (
                <label className={styles.item}>
                  <input
                    type="checkbox"
                    checked={ticks.has(nameOf(risk))}
                    onChange={() => ticks.toggle(nameOf(risk))}
                  />
                  <RiskWords risk={risk} />
                </label>
              ) : (
                <span className={styles.item}>
                  <RiskWords risk={risk} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {rows > risks.items.length && <p className={styles.hint}>{riskText.more(rows - risks.items.length)}</p>}
      {ticks && !each && (
        <label className={styles.all}>
          <input type="checkbox" checked={ticks.left === 0} onChange={() => ticks.toggle("")} />
          {riskText.tickAll(count)}
        </label>
      )}
    </section>
  );
}

/** The row by its name, and why it stands out: one reason goes on in its line, several stand beneath. */
function RiskWords({ risk: { name, reasons } }: { risk: Risk }) {
  const [only, ...others] = reasons;
  if (others.length === 0) return <span>{riskText.of(name, only?.sentence ?? "")}</span>;
  return (
    <span>
      {name}
      {reasons.map(({ code, sentence }) => (
        <small key={`${code} ${sentence}`} className={styles.reason}>
          {sentence}
        </small>
      ))}
    </span>
  );
}
