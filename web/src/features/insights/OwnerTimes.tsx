import type { HandlingTime } from "../../api/types";
import { formatSeconds } from "../../parts/format";
import { insightsText } from "../../text/insights";
import styles from "./HandlingTimePage.module.css";

/** One bar a person, whoever takes longest first: the dark part is the half, the light part reaches to nine tenths. */
export function OwnerTimes({ rows }: { rows: HandlingTime["by_owner"] }) {
  const sorted = [...rows].sort((one, other) => other.p50_seconds - one.p50_seconds);
  const longest = Math.max(1, ...rows.map((row) => row.p90_seconds));
  return (
    <table className={styles.owners}>
      <thead>
        <tr>
          <th scope="col">{insightsText.owner}</th>
          <th scope="col">{insightsText.quotes}</th>
          <td className={styles.wide} />
          <th scope="col">{insightsText.p50}</th>
          <th scope="col">{insightsText.p90}</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map((row) => (
          <tr key={row.owner.id}>
            <th scope="row">{row.owner.name}</th>
            <td>{row.n}</td>
            <td className={styles.wide}>
              <span className={styles.track} aria-hidden="true">
                <span className={styles.nine} style={{ width: `${(row.p90_seconds / longest) * 100}%` }} />
                <span className={styles.half} style={{ width: `${(row.p50_seconds / longest) * 100}%` }} />
              </span>
            </td>
            <td>{formatSeconds(row.p50_seconds)}</td>
            <td>{formatSeconds(row.p90_seconds)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
