import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { client, read } from "../../../api/client";
import { Button } from "../../../parts/Button";
import { Loaded } from "../../../parts/Loaded";
import { ruleText } from "../../../text/rules";
import { EditorHead } from "../EditorHead";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { freshKey, nameOf, type Rule, readRule, startRule, writeRule } from "./model";
import { RuleCard } from "./RuleCard";
import styles from "./RuleEditor.module.css";

/** Rules one under the other: each with its switch, when it runs, what it does and for whom. */
export function RuleEditor({ draft, faults, focusKey }: EditorProps) {
  const rows = useDraftRows(draft);
  const { book, query, view } = rows;
  const [open, setOpen] = useState<string | null>(focusKey);
  useEffect(() => setOpen(focusKey), [focusKey]);
  const editable = draft.actions.includes("edit");
  const roles = useQuery({
    queryKey: ["roles"],
    queryFn: ({ signal }) => read(client.GET("/api/roles", { signal })),
    staleTime: 5 * 60_000,
  });
  const put = (key: string, rule: Rule) =>
    book.act(ruleText.named(nameOf(key, rule)), [{ key, content: writeRule(rule) }]);
  const add = () => {
    const key = freshKey();
    put(key, startRule());
    setOpen(key);
  };
  const shown = view.rows.filter((row) => row.content !== null || row.before !== null);
  return (
    <Loaded query={query}>
      {() => (
        <div className={styles.editor}>
          <EditorHead rows={rows} editable={editable} hint={ruleText.hint} />
          <ul className={styles.rules}>
            {shown.map((row) => (
              <RuleCard
                key={row.key}
                row={row}
                roles={roles.data?.items ?? []}
                open={open === row.key}
                editable={editable}
                fault={view.faults.get(row.key) ?? faults.get(row.key)}
                onOpen={() => setOpen(open === row.key ? null : row.key)}
                onChange={(rule) => put(row.key, rule)}
                onRevert={() =>
                  book.act(ruleText.named(nameOf(row.key, readRule(row.before ?? {}))), [
                    { key: row.key, content: row.before },
                  ])
                }
                onRemove={() => book.act(ruleText.remove, [{ key: row.key, content: null }])}
              />
            ))}
          </ul>
          {editable && (
            <Button icon="plus" onClick={add}>
              {ruleText.add}
            </Button>
          )}
        </div>
      )}
    </Loaded>
  );
}
