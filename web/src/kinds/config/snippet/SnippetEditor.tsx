import { configText } from "../../../text/config";
import { RowsEditor } from "../RowsEditor";
import { type RowColumn, type RowKey, someText } from "../rowColumns";
import type { EditorProps } from "../types";
import { snippet } from "./kind";

const words = configText.kinds.snippet;

const COLUMNS: readonly RowColumn[] = [
  {
    name: "text",
    label: words.text,
    labelOf: words.textOf,
    letters: 500,
    long: true,
    read: someText,
    bad: words.badText,
  },
];
const KEYS: readonly RowKey[] = [{ name: "name", label: words.newName, letters: 20 }];

/** Texts kept ready: what each is called, and what it says. */
export function SnippetEditor(props: EditorProps) {
  return (
    <RowsEditor
      {...props}
      read={snippet.read}
      hint={words.hint}
      step={words.named}
      columns={COLUMNS}
      keys={KEYS}
      start={({ name = "" }) => ({ key: name, content: {} })}
      badKey={words.badName}
    />
  );
}
