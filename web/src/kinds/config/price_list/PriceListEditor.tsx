import { useMemo, useState } from "react";
import type { DraftRow } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { Loaded } from "../../../parts/Loaded";
import { SearchBox } from "../../../parts/SearchBox";
import { UnsavedGuard } from "../../../parts/UnsavedGuard";
import { configText } from "../../../text/config";
import { RowSaveMark } from "../RowSaveMark";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { EntrySheet } from "./EntrySheet";
import { asShown } from "./entry";
import { PriceGrid } from "./PriceGrid";
import styles from "./PriceListEditor.module.css";

const words = configText.kinds.price_list;
type Only = "all" | "changed" | "checked";

const fits = (row: DraftRow, text: string) => {
  const { product_code, product_name, spec } = asShown(row.shown);
  return `${product_code} ${product_name} ${spec}`.toLowerCase().includes(text);
};

/** A price list as a sheet: thousands of rows, a price typed and saved at once. */
export function PriceListEditor({ draft, faults, focusKey }: EditorProps) {
  const rows = useDraftRows(draft);
  const [text, setText] = useState<string | undefined>();
  const [only, setOnly] = useState<Only>(focusKey === null ? "all" : "checked");
  const [editing, setEditing] = useState<DraftRow | "new" | null>(null);
  const editable = draft.actions.includes("edit");
  const all = rows.query.data;
  const shown = useMemo(() => {
    const wanted = text?.toLowerCase() ?? "";
    return (all ?? []).filter((row) => {
      if (row.key === "" || (only === "changed" && row.change === "same")) return false;
      if (only === "checked" && !faults.has(row.key)) return false;
      return wanted === "" || fits(row, wanted);
    });
  }, [all, text, only, faults]);
  const listLevel = all?.find((row) => row.key === "");
  const taxIncluded = listLevel?.content?.includes_tax !== false;
  const toggle = (which: Only) => setOnly(only === which ? "all" : which);
  return (
    <Loaded query={rows.query}>
      {(loaded) => (
        <div>
          <div className={styles.bar}>
            <SearchBox label={configText.searchRows} value={text} onChange={setText} />
            <button
              type="button"
              className={styles.chip}
              aria-pressed={only === "changed"}
              onClick={() => toggle("changed")}
            >
              {configText.onlyChanged}
            </button>
            {faults.size > 0 && (
              <button
                type="button"
                className={styles.chip}
                aria-pressed={only === "checked"}
                onClick={() => toggle("checked")}
              >
                {configText.onlyChecked}
              </button>
            )}
            <label className={styles.tax}>
              <input
                type="checkbox"
                checked={taxIncluded}
                disabled={!editable}
                onChange={(event) => rows.put("", { includes_tax: event.target.checked })}
              />
              {words.includesTax}
            </label>
            <span className={styles.end}>
              <RowSaveMark status={rows.status} />
              {editable && (
                <Button icon="plus" onClick={() => setEditing("new")}>
                  {configText.addRow}
                </Button>
              )}
            </span>
          </div>
          <PriceGrid
            rows={shown}
            faults={faults}
            editable={editable}
            onPrice={(row, price) => rows.set(row.key, { ...(row.content ?? row.before), price })}
            onRevert={rows.revert}
            onRemove={(row) => rows.set(row.key, null)}
            onOpen={setEditing}
          />
          <p className={styles.foot}>
            {configText.shownOf(shown.length, loaded.filter((row) => row.key !== "").length)}
            {editable && <span>{words.pasteHint}</span>}
          </p>
          {editing && (
            <EntrySheet
              row={editing === "new" ? null : editing}
              onClose={() => setEditing(null)}
              onSave={(content) => {
                if (editing === "new") rows.add(content);
                else rows.set(editing.key, content);
                setEditing(null);
              }}
            />
          )}
          <UnsavedGuard dirty={rows.dirty && rows.status.state === "failed"} />
        </div>
      )}
    </Loaded>
  );
}
