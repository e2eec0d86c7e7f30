import type { Import, ImportPreview } from "../../api/types";
import { Button } from "../../parts/Button";
import { configText } from "../../text/config";
import { importText as words } from "../../text/imports";
import styles from "./Import.module.css";
import { Tally } from "./Tally";

interface ImportOutcomeProps {
  found: Import;
  /** The draft has been submitted: it goes back to editing. */
  again: boolean;
  busy: boolean;
  onApply: (skip: boolean) => void;
  onLetGo: () => void;
  onRetry: () => void;
}

/** What came out and the button that takes it, or how far reading is and the button that stops it. */
export function ImportOutcome({ found, again, busy, onApply, onLetGo, onRetry }: ImportOutcomeProps) {
  const { preview, state } = found;
  if (state === "reading") {
    return (
      <div className={styles.pinned}>
        <div className={styles.outcome} role="status">
          <b>{words.reading(found.file_name)}</b>
          <progress
            className={styles.progress}
            max={100}
            value={found.progress}
            aria-label={words.readingBar}
          />
          <span className="number">{words.percent(found.progress)}</span>
        </div>
        <Button look="text" onClick={onLetGo}>
          {words.stop}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.pinned}>
      <div className={styles.outcome} role="status">
        {state === "failed" && <p className={styles.missing}>{found.failure}</p>}
        {state === "ready" && preview && <Read preview={preview} />}
      </div>
      <Button look="text" onClick={onLetGo}>
        {words.another}
      </Button>
      {state === "failed" && <Button onClick={onRetry}>{words.retry}</Button>}
      {state === "ready" && preview && (
        <ApplyButton preview={preview} again={again} busy={busy} onApply={onApply} />
      )}
    </div>
  );
}

/** What keeps the sheets that are taken from being read. */
const hindering = (preview: ImportPreview) =>
  preview.sheets.filter((sheet) => sheet.taken).flatMap((sheet) => sheet.faults);

function Read({ preview }: { preview: ImportPreview }) {
  const { counts } = preview;
  const faults = hindering(preview);
  if (!preview.sheets.some((sheet) => sheet.taken)) return <p className={styles.missing}>{words.noSheet}</p>;
  if (faults.length > 0) return <p className={styles.missing}>{faults[0]?.detail}</p>;
  return (
    <>
      <Tally tally={preview.tally} />
      <span>{configText.import.added(counts.added)}</span>
      <span>{configText.import.changed(counts.changed)}</span>
      <span>{configText.import.same(counts.same)}</span>
      {preview.not_in_file > 0 && <small>{configText.import.notInFile(preview.not_in_file)}</small>}
    </>
  );
}

function ApplyButton({
  preview,
  again,
  busy,
  onApply,
}: Pick<ImportOutcomeProps, "again" | "busy" | "onApply"> & { preview: ImportPreview }) {
  const { counts, tally } = preview;
  const text = configText.import;
  const news = counts.added + counts.changed;
  const bad = tally.asked + tally.refused;
  if (!preview.sheets.some((sheet) => sheet.taken) || hindering(preview).length > 0) return null;
  if (news === 0 && bad === 0) return <span className={styles.quiet}>{text.nothing}</span>;
  if (bad > 0) {
    return (
      <>
        <span className={styles.quiet}>{words.applyFix}</span>
        <Button busy={busy} disabled={news === 0} onClick={() => onApply(true)}>
          {again ? text.applySkipAgain(bad) : text.applySkip(bad)}
        </Button>
      </>
    );
  }
  return (
    <Button look="primary" busy={busy} onClick={() => onApply(false)}>
      {again ? text.applyAgain : text.apply}
    </Button>
  );
}
