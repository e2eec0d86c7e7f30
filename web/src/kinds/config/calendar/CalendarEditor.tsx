import { configText } from "../../../text/config";
import { RowsEditor } from "../RowsEditor";
import type { RowColumn, RowKey } from "../rowColumns";
import type { EditorProps } from "../types";
import { dayKey, readHours } from "./days";
import { calendar } from "./kind";

const words = configText.kinds.calendar;

const COLUMNS: readonly RowColumn[] = [
  {
    name: "hours",
    label: words.hours,
    labelOf: words.hoursOf,
    letters: 60,
    words: true,
    empty: words.free,
    read: readHours,
    bad: words.badHours,
  },
  {
    name: "note",
    label: words.note,
    labelOf: words.noteOf,
    letters: 40,
    words: true,
    read: (text) => text.trim(),
    bad: words.badNote,
  },
];
const KEYS: readonly RowKey[] = [
  { name: "day", label: words.newDay, letters: 10 },
  {
    name: "from",
    label: words.from,
    choices: [
      { value: "company", word: words.company },
      { value: "notice", word: words.notice },
    ],
  },
];

/** When the company works: hours of each day, empty where nobody works. */
export function CalendarEditor(props: EditorProps) {
  return (
    <RowsEditor
      {...props}
      read={calendar.read}
      hint={words.hint}
      step={(day) => day}
      columns={COLUMNS}
      order={calendar.order}
      keys={KEYS}
      start={({ day = "", from = "company" }) => ({
        key: dayKey(day),
        content: { hours: "", from: from === "" ? "company" : from, note: "" },
      })}
      badKey={words.badDay}
    />
  );
}
