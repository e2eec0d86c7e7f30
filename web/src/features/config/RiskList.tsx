import type { Checks } from "../../api/types";
import { Icon } from "../../parts/Icon";
import { riskText } from "../../text/risks";
import styles from "./RiskList.module.css";
import { EACH_MAX, type RiskTicks } from "./riskTicks";

interface RiskListProps {
  risks: Checks["risks"];
  /** Where they must be acknowledged; without it they are only told. */
  ticks?: RiskTicks;
  hint?: string;
  /** Stands between other parts of a page instead of in a sheet. */
  band?: boolean;
}

const nameOf = (risk: Checks["risks"]["items"][number]) => `${risk.code} ${risk.key}`;

/** What stands out in a draft, the largest first: told in red, and acknowledged one by one or, where many, as a list. */
export function RiskList({ risks, ticks, hint, band = false }: RiskListProps) {
  const { count, items } = risks;
  if (count === 0) return null;
  const each = ticks !== undefined && count <= EACH_MAX;
  const says = hint ?? (each ? riskText.tickEach : undefined);
  return (
    <section
      className={band ? `${styles.panel} ${styles.band}` : styles.panel}
      aria-label={riskText.title(count)}
    >
      <p className={styles.title}>
        <Icon name="warning" size={18} />
        {riskText.title(count)}
      </p>
      {says && <p className={styles.hint}>{says}</p>}
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
                {risk.sentence}
              </label>
            ) : (
              <span className={styles.item}>{risk.sentence}</span>
            )}
          </li>
        ))}
      </ul>
      {count > items.length && <p className={styles.hint}>{riskText.more(count - items.length)}</p>}
      {ticks && !each && (
        <label className={styles.all}>
          <input type="checkbox" checked={ticks.left === 0} onChange={() => ticks.toggle("")} />
          {riskText.tickAll(count)}
        </label>
      )}
    </section>
  );
}
