import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
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
                  <CheckWords check={check} />
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

const OUTSIDE_CORRIDOR = "outside_corridor";

/** The corridor of head office, for whoever may change it; whoever may not has to ask. */
function useOwnCorridor(asked: boolean): number | undefined {
  const found = useQuery({
    queryKey: ["config", "items", "price_corridor"],
    queryFn: ({ signal }) =>
      read(
        client.GET("/api/config/items", { params: { query: { kind: "price_corridor", limit: 1 } }, signal }),
      ),
    enabled: asked,
  }).data?.items[0];
  // What another row has read is in the cache, and would be answered to a row that asks for nothing.
  return asked && found?.actions.includes("edit") ? found.id : undefined;
}

/** What was found; whoever would be told to ask themselves for a wider corridor is led to it instead. */
function CheckWords({ check: { code, severity, sentence } }: { check: Checks["items"][number] }) {
  const corridor = useOwnCorridor(code === OUTSIDE_CORRIDOR && severity === "block");
  if (corridor === undefined) return <span className={styles.sentence}>{sentence}</span>;
  return (
    <span className={styles.sentence}>
      {sentence.replace(configText.askForCorridor, configText.widenCorridor)}
      <Link to="/config/items/$itemId" params={{ itemId: String(corridor) }}>
        {configText.toCorridor}
      </Link>
    </span>
  );
}
