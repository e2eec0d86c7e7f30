import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ClipboardEvent, type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import type { DraftRow } from "../../../api/types";
import { asDecimal } from "../../../parts/format";
import { useIsPhone } from "../../../parts/useIsPhone";
import { baseText } from "../../../text/base";
import { configText } from "../../../text/config";
import { asEntry, asShown } from "./entry";
import styles from "./PriceGrid.module.css";
import { PriceGridRow } from "./PriceGridRow";

const words = configText.kinds.price_list;
const ROW_PX = 48;
const PHONE_ROW_PX = 104;
const PRICE_PLACES = 4;

const byText =
  (read: (row: DraftRow) => string) => (one: { original: DraftRow }, other: { original: DraftRow }) =>
    read(one.original).localeCompare(read(other.original), "zh-CN");
const byNumber =
  (read: (row: DraftRow) => string | null) => (one: { original: DraftRow }, other: { original: DraftRow }) =>
    Number(read(one.original) ?? 0) - Number(read(other.original) ?? 0);

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });
const COLUMNS = [
  {
    id: "product",
    header: words.product,
    accessorFn: (row: DraftRow) => asShown(row.shown).product_name,
    sortFn: byText((row) => asShown(row.shown).product_name),
  },
  {
    id: "code",
    header: words.code,
    accessorFn: (row: DraftRow) => asShown(row.shown).product_code,
    sortFn: byText((row) => asShown(row.shown).product_code),
  },
  {
    id: "unit",
    header: words.unit,
    accessorFn: (row: DraftRow) => asEntry(row.content ?? row.before ?? {}).unit,
    enableSorting: false,
  },
  {
    id: "now",
    header: words.now,
    accessorFn: (row: DraftRow) => row.before?.price,
    sortFn: byNumber((row) => (row.before ? asEntry(row.before).price : null)),
  },
  {
    id: "next",
    header: words.next,
    accessorFn: (row: DraftRow) => row.content?.price,
    sortFn: byNumber((row) => (row.content ? asEntry(row.content).price : null)),
  },
  {
    id: "delta",
    header: words.delta,
    accessorFn: (row: DraftRow) => row.delta_percent,
    sortFn: byNumber((row) => row.delta_percent),
  },
];

interface PriceGridProps {
  rows: DraftRow[];
  faults: Map<string, string>;
  editable: boolean;
  onPrice: (row: DraftRow, price: string) => void;
  onRevert: (row: DraftRow) => void;
  onRemove: (row: DraftRow) => void;
  onOpen: (row: DraftRow) => void;
}

/** The rows in sight out of thousands; Enter and arrows go down the prices, a pasted column fills them. */
export function PriceGrid({ rows, faults, editable, onPrice, ...acts }: PriceGridProps) {
  const phone = useIsPhone();
  const box = useRef<HTMLDivElement>(null);
  const table = useTable({ features, columns: COLUMNS, data: rows, getRowId: (row) => row.key });
  const sorted = table.getRowModel().rows;
  const [top, setTop] = useState(0);
  const empty = sorted.length === 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list moves when the head comes or goes.
  useLayoutEffect(() => {
    const list = box.current?.lastElementChild;
    if (list) setTop(list.getBoundingClientRect().top + window.scrollY);
  }, [phone, empty]);
  const virtual = useWindowVirtualizer({
    count: sorted.length,
    estimateSize: () => (phone ? PHONE_ROW_PX : ROW_PX),
    overscan: 12,
    scrollMargin: top,
    getItemKey: (index) => sorted[index]?.id ?? index,
  });

  const go = (index: number) => {
    if (index < 0 || index >= sorted.length) return;
    virtual.scrollToIndex(index, { align: "auto" });
    requestAnimationFrame(() =>
      box.current?.querySelector<HTMLInputElement>(`[data-index="${index}"] input`)?.focus(),
    );
  };
  const indexOf = (target: EventTarget) =>
    Number((target as HTMLElement).closest<HTMLElement>("[data-index]")?.dataset.index ?? -1);
  const press = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLInputElement) || event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" || event.key === "Enter" ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    go(indexOf(event.target) + step);
  };
  const paste = (event: ClipboardEvent) => {
    const lines = event.clipboardData.getData("text/plain").trim().split(/\r?\n/);
    const start = indexOf(event.target);
    if (lines.length < 2 || start < 0) return;
    event.preventDefault();
    lines.forEach((line, offset) => {
      const row = sorted[start + offset]?.original;
      const price = asDecimal(line.split("\t")[0] ?? "", PRICE_PLACES);
      if (row && price !== null) onPrice(row, price);
    });
  };
  if (sorted.length === 0) return <p className={styles.none}>{configText.noMatch}</p>;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys and pastes of the fields inside are handled in one place.
    <div ref={box} className={styles.grid} onKeyDown={press} onPaste={paste}>
      {!phone && (
        <div className={styles.head}>
          {table.getFlatHeaders().map((header) => {
            const direction = header.column.getIsSorted();
            const word = String(header.column.columnDef.header);
            return header.column.getCanSort() ? (
              <button
                key={header.id}
                type="button"
                className={styles[header.id]}
                onClick={() => header.column.toggleSorting()}
                aria-label={`${word} ${direction ? baseText.sorted[direction] : ""}`}
              >
                {word}
                {direction && <span aria-hidden="true">{direction === "asc" ? "↑" : "↓"}</span>}
              </button>
            ) : (
              <span key={header.id} className={styles[header.id]}>
                {word}
              </span>
            );
          })}
        </div>
      )}
      <div style={{ position: "relative", height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((place) => {
          const row = sorted[place.index]?.original;
          if (!row) return null;
          return (
            <div
              key={place.key}
              ref={virtual.measureElement}
              data-index={place.index}
              className={styles.place}
              style={{ transform: `translateY(${place.start - virtual.options.scrollMargin}px)` }}
            >
              <PriceGridRow
                row={row}
                fault={faults.get(row.key)}
                editable={editable}
                onPrice={onPrice}
                {...acts}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}
