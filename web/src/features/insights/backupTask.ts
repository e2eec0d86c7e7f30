import type { BackupList, TodayItem } from "../../api/types";
import { formatMoment } from "../../parts/format";
import { operationText } from "../../text/operation";

const words = operationText.backupPage;
/** Where nobody makes them by itself, one that is older asks for another. */
const OLD_MS = 24 * 3_600_000;

/** What whoever keeps the company has to do about its backups; null while all is well. */
export function backupTask({ failed, items, making, minute }: BackupList, now: number): TodayItem | null {
  const [newest] = items;
  const never = minute === null;
  if (failed) return task("urgent", words.todo.failed, words.failed(formatMoment(failed.at), failed.reason));
  if (!newest) return making ? null : task("urgent", words.todo.none, never ? words.todo.noneHint : "");
  if (!never || making || now - newest.made_at <= OLD_MS) return null;
  const found = (newest.missing ?? 0) > 0 ? words.missing(newest.missing ?? 0) : words.checked;
  return task("waiting", words.todo.old, words.last(formatMoment(newest.made_at), found));
}

function task(tone: string, sentence: string, detail: string): TodayItem {
  const link = { kind: "backups", id: 1 };
  return { kind: "backup", tone, sentence, detail, net: null, due_day: null, at: null, link, notice: null };
}
