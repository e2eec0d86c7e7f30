import { useQuery } from "@tanstack/react-query";
import { client, read } from "../../../api/client";
import type { Content, DraftRow } from "../../../api/types";
import { Badge } from "../../../parts/Badge";
import { Button } from "../../../parts/Button";
import { asDecimal, trimZeros } from "../../../parts/format";
import { IconButton } from "../../../parts/IconButton";
import { Loaded } from "../../../parts/Loaded";
import { configText } from "../../../text/config";
import { RowSaveMark } from "../RowSaveMark";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { FigureInput } from "./FigureInput";
import styles from "./LimitEditor.module.css";

const words = configText.kinds.price_limit;
const TONES = { added: "info", changed: "wait", removed: "risk" } as const;
const DEPTH_MAX = 100;
const ROUNDING_MAX = 1000;

const within = (most: number) => (text: string) => {
  const figure = asDecimal(text.replace(/%$/, ""), 2);
  return figure !== null && Number(figure) <= most ? figure : null;
};

/** What each role may take off by hand: percent below the tier price, and 抹零 in yuan. */
export function LimitEditor({ draft, faults }: EditorProps) {
  const rows = useDraftRows(draft);
  const roles = useQuery({
    queryKey: ["roles"],
    queryFn: ({ signal }) => read(client.GET("/api/roles", { signal })),
  });
  const editable = draft.actions.includes("edit");
  const known = roles.data?.items ?? [];
  const nameOf = (key: string) => known.find((role) => role.id === key)?.name ?? key;
  const set = (key: string, content: Content | null) =>
    rows.book.act(words.named(nameOf(key)), [{ key, content }]);
  const used = new Set(rows.view.rows.filter((row) => row.content !== null).map((row) => row.key));
  const faultOf = (row: DraftRow) => rows.view.faults.get(row.key) ?? faults.get(row.key);
  return (
    <Loaded query={rows.query}>
      {() => (
        <div className={styles.box}>
          <div className={styles.head}>
            <p>{words.hint}</p>
            <RowSaveMark status={rows.status} onRetry={() => rows.book.saver.retry()} />
          </div>
          <ul>
            {rows.view.rows.map((row) => (
              <li
                key={row.key}
                className={row.content === null ? `${styles.row} ${styles.removed}` : styles.row}
              >
                <span className={styles.name}>
                  {nameOf(row.key)}{" "}
                  {row.change !== "same" && <Badge tone={TONES[row.change]}>{configText[row.change]}</Badge>}
                  {faultOf(row) && <small>{faultOf(row)}</small>}
                </span>
                {row.content !== null && (
                  <span className={styles.figures}>
                    <FigureInput
                      label={words.depthOf(nameOf(row.key))}
                      before={words.depth}
                      after="%"
                      value={trimZeros(String(row.content.depth ?? ""))}
                      disabled={!editable}
                      read={within(DEPTH_MAX)}
                      onFigure={(depth) => set(row.key, { ...row.content, depth })}
                    />
                    <FigureInput
                      label={words.roundingOf(nameOf(row.key))}
                      before={words.rounding}
                      after={words.yuan}
                      value={trimZeros(String(row.content.rounding ?? ""))}
                      disabled={!editable}
                      read={within(ROUNDING_MAX)}
                      onFigure={(rounding) => set(row.key, { ...row.content, rounding })}
                    />
                  </span>
                )}
                {editable && (
                  <IconButton
                    quiet
                    icon={row.change === "same" ? "trash" : "undo"}
                    label={`${row.change === "same" ? configText.deleteRow : configText.revertRow} ${nameOf(row.key)}`}
                    onClick={() => set(row.key, row.change === "same" ? null : row.before)}
                  />
                )}
              </li>
            ))}
          </ul>
          {editable && (
            <div className={styles.add}>
              {known
                .filter((role) => !used.has(role.id))
                .map((role) => (
                  <Button
                    key={role.id}
                    small
                    icon="plus"
                    onClick={() => set(role.id, { role: role.id, depth: "0", rounding: "0.00" })}
                  >
                    {role.name}
                  </Button>
                ))}
            </div>
          )}
        </div>
      )}
    </Loaded>
  );
}
