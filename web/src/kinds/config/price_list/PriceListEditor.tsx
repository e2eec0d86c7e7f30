import { useCallback, useMemo, useRef, useState } from "react";
import { asProblem } from "../../../api/problem";
import type { DraftRow } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { Failure } from "../../../parts/Failure";
import { Skeleton } from "../../../parts/Skeleton";
import { useIsPhone } from "../../../parts/useIsPhone";
import { configText } from "../../../text/config";
import { listsText } from "../../../text/lists";
import { pricesText } from "../../../text/prices";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { COLUMNS, FIRST_EDITABLE } from "./cells";
import { EditorSheets, type Opened } from "./EditorSheets";
import { type Filters, NO_FILTERS, type Sorting } from "./filter";
import { GridFilters } from "./GridFilters";
import { GridTools } from "./GridTools";
import { PhoneTools } from "./PhoneTools";
import { PriceCards } from "./PriceCards";
import { PriceGrid } from "./PriceGrid";
import styles from "./PriceListEditor.module.css";
import { at, rectOf, type Selection, within } from "./range";
import { useFollow } from "./useFollow";
import { usePriceActions } from "./usePriceActions";
import { usePriceView } from "./usePriceView";

/** A price list as a sheet for whoever lives in Excel: thousands of rows, every step saved at once and taken back at will. */
export function PriceListEditor({ draft, faults: checks, focusKey }: EditorProps) {
  const { book, query, view, status } = useDraftRows(draft);
  const phone = useIsPhone();
  const frame = useRef<HTMLDivElement>(null);
  const [filters, setFilters] = useState<Filters>(
    focusKey === null ? NO_FILTERS : { ...NO_FILTERS, only: "faulty" },
  );
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [selection, setSelection] = useState<Selection>(at(0, FIRST_EDITABLE));
  const [opened, setOpened] = useState<Opened>(null);
  const [said, say] = useState("");
  const wanted = useRef(focusKey);
  const follow = useCallback((key: string) => {
    wanted.current = key;
  }, []);
  const actions = usePriceActions(book, say, follow);
  const { rows, faults, counts } = usePriceView(view, checks, filters, sorting);
  const editable = draft.actions.includes("edit");
  const kept = useMemo(
    () => within(selection, { rows: rows.length, cols: COLUMNS.length }),
    [selection, rows.length],
  );
  const chosen = useChosen(rows, kept);
  const activeFault = phone ? undefined : faults.get(rows[kept.active.row]?.key ?? "");
  useFollow(rows, kept, setSelection, wanted, filters);

  const focusGrid = () => frame.current?.querySelector<HTMLInputElement>("input[aria-controls]")?.focus();
  const close = () => {
    setOpened(null);
    requestAnimationFrame(focusGrid);
  };
  const back = (which: "undo" | "redo") => {
    const keys = new Set(actions.back(which));
    const first = rows.findIndex((row) => keys.has(row.key));
    if (first >= 0 && !phone) setSelection(at(first, selection.active.col));
  };
  const find = () => frame.current?.querySelector<HTMLInputElement>("[data-find] input")?.focus();
  const latest = useRef({ chosen, back, rows, selection });
  latest.current = { chosen, back, rows, selection };
  const tools = useMemo(
    () => ({
      onBack: (which: "undo" | "redo") => latest.current.back(which),
      onBulk: () => setOpened({ sheet: "bulk" }),
      onFill: () => actions.fill(latest.current.rows, latest.current.selection),
      onRevert: () => actions.revert(latest.current.chosen),
      onRemove: () => actions.remove(latest.current.chosen),
      onOpen: () => {
        const [row] = latest.current.chosen;
        if (row) setOpened({ sheet: "row", row });
      },
      onAdd: () => setOpened({ sheet: "new" }),
      onRule: () => setOpened({ sheet: "rule" }),
      onHelp: () => setOpened({ sheet: "help" }),
      onRetry: () => book.saver.retry(),
    }),
    [actions, book],
  );

  if (query.error && view.rows.length === 0)
    return <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />;
  if (view.rows.length === 0 && query.isPending) return <Skeleton />;
  // The settings of the list are a row, and no price.
  const settings = view.byKey.has("") ? 1 : 0;
  const all = view.rows.length - settings;
  const unfiltered = rows.length === all;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the search leads on to the grid.
    <div
      ref={frame}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.nativeEvent.isComposing || !isSearch(event.target)) return;
        event.preventDefault();
        focusGrid();
      }}
    >
      <GridFilters filters={filters} counts={counts} onFilters={setFilters} />
      {!phone && editable && (
        <GridTools
          {...tools}
          undo={view.undo}
          redo={view.redo}
          selected={chosen.length}
          changed={chosen.filter((row) => row.change !== "same").length}
          status={status}
        />
      )}
      {phone ? (
        <PriceCards
          rows={rows}
          faults={faults}
          editable={editable}
          actions={actions}
          onOpen={(row) => setOpened({ sheet: "row", row })}
        />
      ) : (
        <PriceGrid
          rows={rows}
          faults={faults}
          editable={editable}
          selection={kept}
          onSelect={setSelection}
          sorting={sorting}
          onSort={setSorting}
          actions={actions}
          say={say}
          onOpen={(row) => setOpened({ sheet: "row", row })}
          onBulk={tools.onBulk}
          onHelp={tools.onHelp}
          onBack={back}
          onFind={find}
        />
      )}
      <div className={styles.foot} data-foot>
        <span>
          {view.complete
            ? configText.shownOf(rows.length, all)
            : pricesText.loading(all, view.total - settings)}
          {!phone && chosen.length > 1 && ` · ${pricesText.selected(chosen.length)}`}
        </span>
        <Button small look="text" onClick={() => setOpened({ sheet: "list" })}>
          {listsText.settings}
          {view.byKey.get("")?.content?.includes_tax === false &&
            ` · ${configText.kinds.price_list.excludesTax}`}
        </Button>
        <span className={styles.said} role="status">
          {said}
        </span>
        {activeFault !== undefined && <p className={styles.fault}>{activeFault}</p>}
        {phone && editable && <PhoneTools {...tools} undo={view.undo} redo={view.redo} status={status} />}
      </div>
      <EditorSheets
        opened={opened}
        draft={draft}
        list={view.byKey.get("")}
        rows={rows}
        chosen={phone ? [] : chosen}
        unfiltered={unfiltered}
        editable={editable}
        actions={actions}
        onClose={close}
      />
    </div>
  );
}

const isSearch = (target: EventTarget) => target instanceof HTMLInputElement && target.type === "search";

/** The selected rows. */
function useChosen(rows: readonly DraftRow[], selection: Selection) {
  const { top, bottom } = rectOf(selection);
  return useMemo(() => rows.slice(top, bottom + 1), [rows, top, bottom]);
}
