import { useEffect, useState } from "react";
import type { DraftRow } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { Loaded } from "../../../parts/Loaded";
import { templateText } from "../../../text/templates";
import { EditorHead } from "../EditorHead";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { BlockRow } from "./BlockRow";
import { blockName, blockOf, blocksOf } from "./blocks";
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
  const known = blocksOf(settings);
  const nameOf = (key: string) => blockName(known, key);
  const blocks = placedBlocks(view.rows, known);
  const change = (row: DraftRow, what: Partial<BlockContent>) => {
    const rules = blockOf(known, row.key)?.rules;
    if (!rules) return;
    const block = { ...readBlock(row.content ?? {}, rules), ...what };
    book.act(nameOf(row.key), [{ key: row.key, content: writeBlock(rules, block) }]);
  };
  const add = ({ rules, key }: Addable) => {
    if (key === null) return;
    const order = readBlock(blocks.at(-1)?.content ?? {}).order + 1;
    const content = writeBlock(rules, readBlock({ order, on: true }, rules));
    book.act(templateText.add(rules.name), [{ key, content }]);
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
                  name={nameOf(row.key)}
                  rules={blockOf(known, row.key)?.rules}
                  first={at === 0}
                  last={at === blocks.length - 1}
                  open={open === row.key}
                  both={both}
                  editable={editable}
                  fault={view.faults.get(row.key) ?? faults.get(row.key)}
                  onOpen={() => setOpen(open === row.key ? null : row.key)}
                  onMove={(step) => book.act(nameOf(row.key), moved(blocks, row.key, step))}
                  onChange={(what) => change(row, what)}
                  onRevert={() => book.act(nameOf(row.key), [{ key: row.key, content: row.before }])}
                  onRemove={
                    (blockOf(known, row.key)?.rules.most ?? 1) > 1
                      ? () => book.act(nameOf(row.key), [{ key: row.key, content: null }])
                      : undefined
                  }
                />
              ))}
            </ul>
            {editable && (
              <div className={styles.add}>
                {addable(view.rows, known).map((one) => (
                  <Button
                    key={one.rules.key}
                    icon="plus"
                    disabled={one.key === null}
                    onClick={() => add(one)}
                  >
                    {templateText.add(one.rules.name)}
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
