import type { DraftRow } from "../../../api/types";
import { Badge } from "../../../parts/Badge";
import { Icon } from "../../../parts/Icon";
import { IconButton } from "../../../parts/IconButton";
import { configText } from "../../../text/config";
import { templateText } from "../../../text/templates";
import { BlockFields } from "./BlockFields";
import type { BlockRules } from "./blocks";
import { type BlockContent, readBlock } from "./model";
import styles from "./TemplateEditor.module.css";

interface BlockRowProps {
  row: DraftRow;
  name: string;
  rules: BlockRules | undefined;
  first: boolean;
  last: boolean;
  open: boolean;
  both: boolean;
  editable: boolean;
  fault: string | undefined;
  onOpen: () => void;
  onMove: (step: -1 | 1) => void;
  onChange: (change: Partial<BlockContent>) => void;
  onRevert: () => void;
  /** Given where the block may be taken out altogether. */
  onRemove?: () => void;
}

/** One block: printed or not, its place, and behind its name what is said in it. */
export function BlockRow(props: BlockRowProps) {
  const { row, name, rules, editable, open } = props;
  const block = readBlock(row.content ?? {}, rules);
  return (
    <li className={block.on ? styles.block : `${styles.block} ${styles.off}`} data-block={row.key}>
      <div className={styles.bar}>
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={block.on}
            disabled={!editable}
            aria-label={templateText.printed(name)}
            onChange={(event) => props.onChange({ on: event.target.checked })}
          />
        </label>
        <button type="button" className={styles.name} aria-expanded={open} onClick={props.onOpen}>
          <span>
            {name}
            {row.change !== "same" && (
              <Badge tone={row.change === "added" ? "info" : "wait"}>{configText[row.change]}</Badge>
            )}
            {block.heading !== "" && <small>{block.heading}</small>}
          </span>
          <Icon name={open ? "down" : "right"} size={16} />
        </button>
        {editable && (
          <span className={styles.moves}>
            <IconButton
              quiet
              icon="up"
              label={templateText.up(name)}
              disabled={props.first}
              onClick={() => props.onMove(-1)}
            />
            <IconButton
              quiet
              icon="fall"
              label={templateText.down(name)}
              disabled={props.last}
              onClick={() => props.onMove(1)}
            />
            {row.change === "changed" && (
              <IconButton
                quiet
                icon="undo"
                label={`${configText.revertRow} ${name}`}
                onClick={props.onRevert}
              />
            )}
            {props.onRemove && (
              <IconButton
                quiet
                icon="trash"
                label={`${configText.deleteRow} ${name}`}
                onClick={props.onRemove}
              />
            )}
          </span>
        )}
      </div>
      {props.fault && (
        <p className={styles.fault} role="alert">
          {props.fault}
        </p>
      )}
      {rules?.needed && !block.on && <p className={styles.fault}>{templateText.needed}</p>}
      {open && rules && (
        <BlockFields
          rules={rules}
          block={block}
          both={props.both}
          editable={editable}
          onChange={props.onChange}
        />
      )}
    </li>
  );
}
