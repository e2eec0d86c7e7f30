import { configText } from "../../../text/config";
import { RowsEditor } from "../RowsEditor";
import { figureUpTo, type RowColumn, type RowKey } from "../rowColumns";
import type { EditorProps } from "../types";
import { tier } from "./kind";

const words = configText.kinds.tier;

const COLUMNS: readonly RowColumn[] = [
  {
    name: "percent",
    label: words.percent,
    labelOf: words.percentOf,
    before: words.ofList,
    after: "%",
    letters: 8,
    read: figureUpTo(1000),
    bad: words.badPercent,
  },
];
const KEYS: readonly RowKey[] = [{ name: "name", label: words.newName, letters: 20 }];

/** The tiers: a name and what it pays, in percent of the list price. */
export function TierEditor(props: EditorProps) {
  return (
    <RowsEditor
      {...props}
      read={tier.read}
      hint={words.hint}
      step={(row) => row}
      columns={COLUMNS}
      keys={KEYS}
      start={({ name = "" }) => ({ key: name, content: {} })}
      badKey={words.badName}
    />
  );
}
