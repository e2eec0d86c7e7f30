import { useEffect, useState } from "react";
import type { DraftRow } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { IconButton } from "../../../parts/IconButton";
import { Loaded } from "../../../parts/Loaded";
import { pricesText } from "../../../text/prices";
import { templateText } from "../../../text/templates";
import { RowSaveMark } from "../RowSaveMark";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { BlockRow } from "./BlockRow";
import { rulesOf } from "./blocks";
import {
  type BlockContent,
  moved,
  nextTextKey,
  placedBlocks,
  readBlock,
  SETTINGS_KEY,
  writeBlock,
} from "./model";
import { SettingsFields } from "./SettingsFields";
import styles from "./TemplateEditor.module.css";
import { TemplatePreview } from "./TemplatePreview";

/** The blocks of a document on the left, a real one as it would be printed on the right. */
export function TemplateEditor({ draft, faults, focusKey }: EditorProps) {
  const { book, query, view, status } = useDraftRows(draft);
  const [open, setOpen] = useState<string | null>(focusKey);
  useEffect(() => setOpen(focusKey), [focusKey]);
  const editable = draft.actions.includes("edit");
  const settings = view.byKey.get(SETTINGS_KEY);
  const both = settings?.content?.language === "zh_en";
  const blocks = placedBlocks(view.rows);
  const fresh = nextTextKey(view.rows);
  const change = (row: DraftRow, what: Partial<BlockContent>) => {
    const block = { ...readBlock(row.key, row.content ?? {}), ...what };
    book.act(templateText.block(row.key), [{ key: row.key, content: writeBlock(row.key, block) }]);
  };
  const add = () => {
    if (fresh === null) return;
    const order = readBlock("text", blocks.at(-1)?.content ?? {}).order + 1;
    book.act(templateText.addText, [{ key: fresh, content: { order, on: true } }]);
    setOpen(fresh);
  };
  return (
    <Loaded query={query}>
      {() => (
        <div className={styles.columns}>
          <div>
            <div className={styles.head}>
              <IconButton
                icon="undo"
                label={view.undo === null ? pricesText.undo : pricesText.undoStep(view.undo)}
                disabled={view.undo === null}
                onClick={book.undo}
              />
              <span className={styles.turned}>
                <IconButton
                  icon="undo"
                  label={view.redo === null ? pricesText.redo : pricesText.redoStep(view.redo)}
                  disabled={view.redo === null}
                  onClick={book.redo}
                />
              </span>
              <RowSaveMark status={status} onRetry={() => book.saver.retry()} />
            </div>
            <SettingsFields
              row={settings}
              editable={editable}
              onChange={(label, content) => book.act(label, [{ key: SETTINGS_KEY, content }])}
            />
            <h3 className={styles.heading}>{templateText.blocks}</h3>
            <ul className={styles.blocks}>
              {blocks.map((row, at) => (
                <BlockRow
                  key={row.key}
                  row={row}
                  first={at === 0}
                  last={at === blocks.length - 1}
                  open={open === row.key}
                  both={both}
                  editable={editable}
                  fault={view.faults.get(row.key) ?? faults.get(row.key)}
                  onOpen={() => setOpen(open === row.key ? null : row.key)}
                  onMove={(step) => book.act(templateText.block(row.key), moved(blocks, row.key, step))}
                  onChange={(what) => change(row, what)}
                  onRevert={() =>
                    book.act(templateText.block(row.key), [{ key: row.key, content: row.before }])
                  }
                  onRemove={
                    rulesOf(row.key).many
                      ? () => book.act(templateText.block(row.key), [{ key: row.key, content: null }])
                      : undefined
                  }
                />
              ))}
            </ul>
            {editable && (
              <div className={styles.add}>
                <Button icon="plus" disabled={fresh === null} onClick={add}>
                  {templateText.addText}
                </Button>
              </div>
            )}
          </div>
          <div className={styles.side}>
            <TemplatePreview draft={draft} />
          </div>
        </div>
      )}
    </Loaded>
  );
}
