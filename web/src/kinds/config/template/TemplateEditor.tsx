import { useEffect, useState } from "react";
import type { DraftRow } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { Loaded } from "../../../parts/Loaded";
import { templateText } from "../../../text/templates";
import { EditorHead } from "../EditorHead";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { BlockRow } from "./BlockRow";
import { rulesOf } from "./blocks";
import {
  type Addable,
  addable,
  type BlockContent,
  moved,
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
  const rows = useDraftRows(draft);
  const { book, query, view } = rows;
  const [open, setOpen] = useState<string | null>(focusKey);
  useEffect(() => setOpen(focusKey), [focusKey]);
  const editable = draft.actions.includes("edit");
  const settings = view.byKey.get(SETTINGS_KEY);
  const both = settings?.content?.language === "zh_en";
  const blocks = placedBlocks(view.rows);
  const change = (row: DraftRow, what: Partial<BlockContent>) => {
    const block = { ...readBlock(row.key, row.content ?? {}), ...what };
    book.act(templateText.block(row.key), [{ key: row.key, content: writeBlock(row.key, block) }]);
  };
  const add = ({ name, key }: Addable) => {
    if (key === null) return;
    const order = readBlock(name, blocks.at(-1)?.content ?? {}).order + 1;
    const content = writeBlock(name, readBlock(name, { order, on: true }));
    book.act(templateText.add(templateText.block(name)), [{ key, content }]);
    setOpen(key);
  };
  return (
    <Loaded query={query}>
      {() => (
        <div className={styles.columns}>
          <div>
            <EditorHead rows={rows} editable={editable} />
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
                {addable(view.rows).map((one) => (
                  <Button key={one.name} icon="plus" disabled={one.key === null} onClick={() => add(one)}>
                    {templateText.add(templateText.block(one.name))}
                  </Button>
                ))}
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
