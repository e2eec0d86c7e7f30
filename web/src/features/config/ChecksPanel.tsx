import type { UseQueryResult } from "@tanstack/react-query";
import type { Checks } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { Loaded } from "../../parts/Loaded";
import { configText } from "../../text/config";
import styles from "./Checks.module.css";

/** What the checks found: what blocks first, then what deserves a look; each leads to its row. */
export function ChecksPanel({
  query,
  onRow,
}: {
  query: UseQueryResult<Checks>;
  onRow: (key: string) => void;
}) {
  return (
    <Loaded query={query}>
      {(checks) =>
        checks.items.length === 0 ? (
          <EmptyState icon="check" title={configText.checksPassed} />
        ) : (
          <>
            <p className={styles.summary}>{configText.checksSummary(checks.blocks, checks.warns)}</p>
            <ul>
              {checks.items.map((check) => (
                <li key={`${check.code} ${check.key} ${check.sentence}`} className={styles.row}>
                  <Badge tone={check.severity === "block" ? "risk" : "wait"} icon="warning">
                    {configText[check.severity]}
                  </Badge>
                  <span className={styles.sentence}>{check.sentence}</span>
                  {check.key !== null && (
                    <Button look="text" small onClick={() => onRow(check.key ?? "")}>
                      {configText.goRow}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  );
}
