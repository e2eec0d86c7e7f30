import type { Draft, DraftRow } from "../../../api/types";
import { BulkSheet } from "./BulkSheet";
import { EntrySheet } from "./EntrySheet";
import { isPlain } from "./entry";
import { KeyHelp } from "./KeyHelp";
import { ListSheet } from "./ListSheet";
import { RuleSheet } from "./RuleSheet";
import type { PriceActions } from "./usePriceActions";

/** Which sheet lies over the grid. */
export type Opened =
  | { sheet: "row"; row: DraftRow }
  | { sheet: "new" | "rule" | "list" | "bulk" | "help" }
  | null;

interface EditorSheetsProps {
  opened: Opened;
  draft: Draft;
  /** The row of the whole list. */
  list: DraftRow | undefined;
  rows: DraftRow[];
  chosen: DraftRow[];
  unfiltered: boolean;
  editable: boolean;
  actions: PriceActions;
  onClose: () => void;
}

/** A row that its own sheet changes: a formula, or for more than one product. */
const isRule = ({ content }: DraftRow) => content !== null && !isPlain(content);

/** One price, a rule, the whole list, many prices at once: each in its sheet. */
export function EditorSheets(props: EditorSheetsProps) {
  const { opened, draft, list, rows, chosen, unfiltered, editable, actions, onClose } = props;
  const ruled = opened?.sheet === "row" && editable && isRule(opened.row) ? opened.row : null;
  if (opened === null) return null;
  if (opened.sheet === "help") return <KeyHelp onClose={onClose} />;
  if (opened.sheet === "list")
    return (
      <ListSheet
        row={list}
        itemId={draft.item.id}
        editable={editable}
        onClose={onClose}
        onSave={actions.list}
      />
    );
  if (opened.sheet === "bulk")
    return (
      <BulkSheet
        selected={chosen}
        shown={rows}
        unfiltered={unfiltered}
        onClose={onClose}
        onApply={(changes) => {
          actions.reprice(changes);
          onClose();
        }}
      />
    );
  if (opened.sheet === "rule" || ruled)
    return (
      <RuleSheet
        row={ruled}
        onClose={onClose}
        onSave={(key, content, shown) => actions.rule(ruled, key, content, shown)}
      />
    );
  return (
    <EntrySheet
      row={opened.sheet === "row" ? opened.row : null}
      editable={editable}
      onClose={onClose}
      onSave={(content, shown) =>
        opened.sheet === "row" ? actions.save(opened.row, content) : actions.add(content, shown)
      }
    />
  );
}
