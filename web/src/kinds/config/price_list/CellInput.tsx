import {
  type ClipboardEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { pricesText } from "../../../text/prices";
import { COLUMNS, cellText, isEditable, NOTE_LETTERS } from "./cells";
import { copied } from "./edits";
import { isPlain, wordsOf } from "./entry";
import { type Command, commandOf, selectionAfter, stepAfter } from "./gridKeys";
import type { GridProps } from "./PriceGrid";
import styles from "./PriceGrid.module.css";
import { at, rectOf } from "./range";
import { fromSheetText, toSheetText } from "./sheetText";

export interface CellInputHandle {
  focus: () => void;
  /** Goes on with the text that stands there. */
  edit: () => void;
  /** Takes what is typed and stops typing. */
  leave: () => void;
}

interface CellInputProps extends GridProps {
  ref: Ref<CellInputHandle>;
  top: number;
  /** Rows of one screen. */
  page: number;
  onFocused: (focused: boolean) => void;
}

/** What is being typed; `caret` when the arrows move in the text and not over the cells. */
interface Typing {
  text: string;
  caret: boolean;
  fault: boolean;
}

/** The one field of the grid: invisible over the active cell until something is typed, so that every input method works. */
export function CellInput(props: CellInputProps) {
  const { rows, selection, editable, actions, onSelect, say, page } = props;
  const field = useRef<HTMLInputElement>(null);
  const [typing, setTyping] = useState<Typing | null>(null);
  const { active } = selection;
  const row = rows[active.row];
  const column = COLUMNS[active.col] ?? "price";
  const text = row ? cellText(row, column) : "";
  const goods = row ? wordsOf(row).goods : "";
  const plain = row?.content != null && isPlain(row.content);
  const writable = editable && plain && isEditable(active.col);
  const extent = { rows: rows.length, cols: COLUMNS.length };

  // The whole text stays selected: copying always finds something, and the first letter replaces it.
  useLayoutEffect(() => {
    if (typing === null && document.activeElement === field.current) field.current?.select();
  });

  // Whoever opens the sheet goes on with the keyboard.
  useEffect(() => {
    if (document.activeElement === document.body) field.current?.focus({ preventScroll: true });
  }, []);

  const stop = () => setTyping(null);
  const edit = () => {
    if (!writable) return;
    setTyping({ text, caret: true, fault: false });
    field.current?.setSelectionRange(text.length, text.length);
  };
  /** Takes what was typed; false while it cannot be taken. */
  const commit = (leaving = false): "kept" | "taken" | "moved" => {
    if (typing === null || !row) return "taken";
    const plan = actions.type(row, active.col, typing.text, leaving);
    const refused = plan.faults.size > 0;
    if (refused && !leaving) {
      setTyping({ ...typing, fault: true });
      return "kept";
    }
    stop();
    return plan.renamed.size > 0 ? "moved" : "taken";
  };
  useImperativeHandle(props.ref, () => ({
    focus: () => field.current?.focus({ preventScroll: true }),
    edit,
    leave: () => commit(true),
  }));

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const step = stepAfter(event, typing, selection, extent);
    if (step !== null) {
      event.preventDefault();
      // A row that went to another key takes the cursor along by itself.
      if (commit() === "taken") onSelect(step);
      return;
    }
    if (typing !== null) {
      if (event.key === "Escape") stop();
      return;
    }
    if (event.key === "Escape") actions.hear(rows.slice(active.row, active.row + 1));
    const next = selectionAfter(event, selection, extent, page);
    if (next !== null) {
      event.preventDefault();
      onSelect(next);
      return;
    }
    const command = commandOf(event);
    if (command === null || (command === "help" && column === "note")) return;
    event.preventDefault();
    run(command);
  };

  const run = (command: Command) => {
    // What is typed before the sheet is open must not become a price.
    if (command === "help" || command === "bulk") field.current?.blur();
    if (command === "help") props.onHelp();
    else if (command === "find") props.onFind();
    else if (command === "enter" || command === "open") {
      if (row && (command === "open" || !plain)) {
        field.current?.blur();
        props.onOpen(row);
      } else onSelect(at(Math.min(active.row + 1, rows.length - 1), active.col));
    } else if (!editable) say(pricesText.readOnly);
    else if (command === "edit") edit();
    else if (command === "fill") actions.fill(rows, selection);
    else if (command === "erase") actions.erase(rows, selection);
    else if (command === "bulk") props.onBulk();
    else props.onBack(command);
  };

  const copy = (event: ClipboardEvent) => {
    if (typing !== null) return;
    event.preventDefault();
    const rect = rectOf(selection);
    const cells = copied(rows, rect);
    event.clipboardData.setData("text/plain", toSheetText(cells));
    say(pricesText.copied(cells.length, rect.right - rect.left + 1));
  };
  const paste = (event: ClipboardEvent) => {
    const block = fromSheetText(event.clipboardData.getData("text/plain"));
    const single = block.length === 1 && block[0]?.length === 1;
    if (typing !== null && single) return;
    event.preventDefault();
    stop();
    if (editable) actions.paste(rows, selection, block);
    else say(pricesText.readOnly);
  };

  return (
    <div className={styles.overlay} style={{ transform: `translateY(${props.top}px)` }}>
      <input
        ref={field}
        className={typing === null ? styles.sleeping : styles.typing}
        style={{ gridColumn: active.col + 1 }}
        aria-label={pricesText.cell(goods, pricesText.columns[column])}
        aria-controls="price-grid"
        aria-invalid={typing?.fault ?? false}
        readOnly={!writable}
        inputMode={column === "note" ? "text" : "decimal"}
        autoComplete="off"
        spellCheck={false}
        maxLength={column === "note" ? NOTE_LETTERS : 24}
        value={typing?.text ?? text}
        onFocus={(event) => {
          props.onFocused(true);
          if (typing === null) event.target.select();
        }}
        onBlur={() => {
          props.onFocused(false);
          commit(true);
        }}
        onChange={(event) =>
          setTyping({ text: event.target.value, caret: typing?.caret ?? false, fault: false })
        }
        onKeyDown={press}
        onCopy={copy}
        onCut={copy}
        onPaste={paste}
      />
    </div>
  );
}
