import {
  type ClipboardEvent,
  Fragment,
  type KeyboardEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { randomKey } from "../../api/ids";
import { asProblem } from "../../api/problem";
import type { PricedLine, ProductRow, Quote } from "../../api/types";
import { KeyList } from "../../parts/KeyList";
import { pressed, readable } from "../../parts/keys";
import { toast } from "../../parts/toast";
import { useKeyTable } from "../../parts/useKeys";
import { baseText } from "../../text/base";
import { quickText } from "../../text/quick";
import { quotesText } from "../../text/quotes";
import { BlankRow } from "./BlankRow";
import { addScanned, lineOf, unitOfCode } from "./codes";
import { type DraftDoc, type DraftLine, isCurrent } from "./draftModel";
import { type CellName, focusCell, placeOf } from "./gridFocus";
import { inCatalogue } from "./InCatalogue";
import styles from "./LineGrid.module.css";
import { LineRow } from "./LineRow";
import { isTable, matchPaste, readPaste, unmatched } from "./paste";
import { sorted } from "./pastedLines";
import { QUOTE_KEYS } from "./quoteKeys";
import { RoomSum } from "./RoomSum";
import { SplitNote } from "./SplitNote";
import { showLine } from "./showLine";
import { TwinNote } from "./TwinNote";
import { readAhead } from "./typedAhead";
import type { ChangeOpen } from "./usePastedOpen";
import type { ChangeDraft } from "./useQuoteDraft";

interface LineGridProps {
  doc: DraftDoc;
  quote: Quote;
  change: ChangeDraft;
  /** Takes pasted lines that a person has to decide about. */
  onOpen: ChangeOpen;
  priced: Map<string, PricedLine>;
  onWhy: (line: PricedLine) => void;
  onEdit: (line: DraftLine) => void;
}

/** The lines on a wide screen: product, Enter, quantity, Enter, next; everything without the mouse. */
export function LineGrid({ doc, quote, change, onOpen, priced, onWhy, onEdit }: LineGridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const wanted = useRef<{ row: number; cell: CellName; mark: boolean } | null>(null);
  const [begun, setBegun] = useState({ keys: "", n: 0 });
  const count = doc.lines.length;
  useKeyTable(QUOTE_KEYS);

  const go = useCallback((row: number, cell: CellName, mark = true) => {
    wanted.current = { row, cell, mark };
    if (focusCell(grid.current, row, cell, mark)) wanted.current = null;
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a row that did not exist yet takes the focus once it does.
  useLayoutEffect(() => {
    const to = wanted.current;
    if (to && focusCell(grid.current, to.row, to.cell, to.mark)) wanted.current = null;
  }, [count, begun]);

  // An empty draft waits for its first product: typing can begin at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the draft is opened.
  useEffect(() => {
    if (count === 0) go(0, "product");
  }, []);

  /** The blank row begins anew with what was struck for it. */
  const begin = useCallback((keys: string) => setBegun((old) => ({ keys, n: old.n + 1 })), []);

  const add = (product: ProductRow, keys: string, typed: string) => {
    const ahead = readAhead(keys);
    const unit = unitOfCode(product, typed);
    const line = unit === undefined ? undefined : lineOf(doc, { product, unit });
    begin(ahead.rest);
    if (line && unit !== undefined && ahead.qty === undefined) {
      // Scanned once more: one more of it, and the hands stay where the next scan goes.
      addScanned(doc, { product, unit }, line.id, change);
      wanted.current = { row: count, cell: "product", mark: false };
      return;
    }
    change({ kind: "add", id: randomKey(), product, qty: ahead.qty, unit });
    if (ahead.cell === "next") go(count + 1, "product", false);
    else go(count, ahead.cell, ahead.qty === undefined);
  };

  /** A scanner struck a code while the hands were on a quantity: it goes where products go. */
  const scanned = useCallback(
    (code: string) => {
      wanted.current = { row: count, cell: "product", mark: false };
      begin(`${code}\n`);
    },
    [count, begin],
  );

  const paste = async (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text/plain");
    if (!isTable(text)) return;
    event.preventDefault();
    // Open until they are looked up, so that nothing is lost when that fails or the draft is issued meanwhile.
    const begun = readPaste(text).map(unmatched);
    onOpen((now) => [...now, ...begun]);
    try {
      const { lines, open } = sorted(await matchPaste(begun, doc.customerId));
      change({ kind: "addMany", lines });
      onOpen((now) => [...now.filter(({ id }) => !begun.some((one) => one.id === id)), ...open]);
      toast(
        [
          (lines.length > 0 || open.length === 0) && quotesText.pasted(lines.length),
          open.length > 0 && quickText.pastedOpen(open.length),
        ]
          .filter(Boolean)
          .join(baseText.between),
      );
    } catch (error) {
      toast(asProblem(error).message, { tone: "fault" });
    }
  };

  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    const name = pressed(QUOTE_KEYS, event);
    const place = placeOf(event.target);
    if (name === "undo" || name === "redo") {
      event.preventDefault();
      change({ kind: name });
    } else if (name === "remove" && place) {
      event.preventDefault();
      const line = doc.lines[place.row];
      if (line) change({ kind: "remove", id: line.id });
      go(Math.min(place.row, count - 1), "product");
    } else if (name === "move" && place && place.cell !== "unit") {
      event.preventDefault();
      const row = place.row + (event.key === "ArrowDown" ? 1 : -1);
      if (row >= 0 && row <= count) go(row, row === count ? "product" : place.cell);
    }
  };

  return (
    <div className={styles.box}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and pastes of the fields inside are handled in one place. */}
      <div ref={grid} className={styles.grid} onKeyDown={press} onPaste={paste}>
        <div className={styles.head} aria-hidden="true">
          <span />
          <span>{quotesText.product}</span>
          <span className={styles.right}>{quotesText.qty}</span>
          <span>{quotesText.unit}</span>
          <span className={styles.right}>{quotesText.priceHead}</span>
          <span className={styles.right}>{quotesText.sumHead}</span>
          <span />
          <span />
          <span />
        </div>
        {doc.lines.map((line, row) => {
          const answer = priced.get(line.id);
          return (
            <Fragment key={line.id}>
              <LineRow
                line={line}
                row={row}
                customerId={doc.customerId}
                priced={answer}
                stale={!isCurrent(line, answer)}
                listed={inCatalogue(quote.problems, line.id)}
                change={change}
                go={go}
                onWhy={onWhy}
                onEdit={onEdit}
                onCode={scanned}
              />
              <RoomSum line={line} subtotals={quote.subtotals} className={styles.room} />
            </Fragment>
          );
        })}
        <BlankRow row={count} customerId={doc.customerId} begun={begun.keys} turn={begun.n} onPick={add} />
      </div>
      <TwinNote doc={doc} change={change} />
      <SplitNote doc={doc} onGo={showLine} />
      {count === 0 ? <p className={styles.start}>{quotesText.startHintWide}</p> : null}
      <KeyList label={quotesText.keysTitle} keys={readable(QUOTE_KEYS)} look="hints" />
    </div>
  );
}
