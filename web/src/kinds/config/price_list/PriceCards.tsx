import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import type { DraftRow } from "../../../api/types";
import { configText } from "../../../text/config";
import { FIRST_EDITABLE } from "./cells";
import { PriceCard } from "./PriceCard";
import styles from "./PriceCards.module.css";
import type { PriceActions } from "./usePriceActions";

const CARD_PX = 116;

interface PriceCardsProps {
  rows: DraftRow[];
  faults: ReadonlyMap<string, string>;
  editable: boolean;
  actions: PriceActions;
  onOpen: (row: DraftRow) => void;
}

/** The rows for a thumb: one card each, of which those in sight are drawn. */
export function PriceCards({ rows, faults, editable, actions, onOpen }: PriceCardsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => CARD_PX,
    overscan: 6,
    scrollMargin: top,
  });
  useLayoutEffect(() => {
    const now = (list.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    if (Math.abs(now - top) > 1) setTop(now);
  });
  if (rows.length === 0) return <p className={styles.none}>{configText.noMatch}</p>;
  return (
    <ul ref={list} className={styles.list} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, start }) => {
        const row = rows[index];
        return (
          row && (
            <PriceCard
              key={row.key}
              row={row}
              top={start - virtual.options.scrollMargin}
              fault={faults.get(row.key)}
              editable={editable}
              onPrice={(price) => actions.type(row, FIRST_EDITABLE, price, true)}
              onRevert={() => actions.revert([row])}
              onOpen={() => onOpen(row)}
            />
          )
        );
      })}
    </ul>
  );
}
