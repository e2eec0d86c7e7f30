import type { Diff } from "../../api/types";
import { configKind } from "../../kinds/config/list";
import { EmptyState } from "../../parts/EmptyState";
import { Icon } from "../../parts/Icon";
import { configText } from "../../text/config";
import { type Blocked, NOTHING_BLOCKS } from "./blockedRows";
import { DiffTable } from "./DiffTable";
import styles from "./DiffView.module.css";

/** A difference, first in words, then row by row. */
export function DiffView({
  kind,
  diff,
  blocked = NOTHING_BLOCKS,
  blocks = 0,
}: {
  kind: string;
  diff: Diff;
  blocked?: Blocked;
  /** How many rows block in all, on pages that are not read yet too. */
  blocks?: number;
}) {
  const { counts } = diff;
  const read = diff.items.filter(({ key }) => blocked.has(key)).length;
  const mends = diff.next === null ? read : Math.max(read, blocks);
  const counted = configKind(kind)?.counted ?? configText.rowCount;
  if (counts.added + counts.changed + counts.removed === 0)
    return <EmptyState icon="check" title={configText.noDiff} />;
  return (
    <div>
      <div className={styles.words}>
        <p className={styles.span}>{configText.compared(diff.from_n, diff.to_n)}</p>
        <ul>
          {diff.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className={styles.counts}>
          {configText.counts(counts.added, counts.changed, counts.removed)} ·{" "}
          {configText.same(counted(counts.same))}
        </p>
        {mends > 0 && (
          <p className={styles.blocks}>
            <Icon name="warning" size={14} />
            {configText.mendFirst(mends)}
          </p>
        )}
      </div>
      <DiffTable kind={kind} items={diff.items} blocked={blocked} />
    </div>
  );
}
