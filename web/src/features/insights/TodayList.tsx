import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useId, useRef, useState } from "react";
import type { TodayItem } from "../../api/types";
import { Button } from "../../parts/Button";
import { insightsText } from "../../text/insights";
import styles from "./TodayPage.module.css";
import { TodayRow } from "./TodayRow";

interface TodayListProps {
  title: string;
  items: TodayItem[];
  onOpen?: (item: TodayItem) => void;
  /** How many stand there before somebody asks for the rest. */
  folds: number;
  /** Somebody waits for this person by name. */
  asks?: boolean;
}

/** One part of today under its heading; nothing where it is empty. */
export function TodayList({ title, items, onOpen, folds, asks = false }: TodayListProps) {
  const heading = useId();
  const [all, unfold] = useUnfolded(title);
  const list = useRef<HTMLUListElement>(null);
  const [asked, setAsked] = useState(false);
  // The button is gone then: whoever works by keyboard goes on at the first row that it has brought.
  useEffect(() => {
    if (asked) list.current?.children[folds]?.querySelector("a")?.focus();
  }, [asked, folds]);
  // A single row more takes no more room than the button that would hide it.
  const shown = all || items.length <= folds + 1 ? items : items.slice(0, folds);
  const rest = items.length - shown.length;
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 className={styles.heading}>
        <span id={heading}>{title}</span>
        <span className={styles.total}>{insightsText.total(items.length)}</span>
      </h2>
      <ul ref={list} className={asks ? `${styles.list} ${styles.asks}` : styles.list}>
        {shown.map((item) => (
          <TodayRow key={`${item.kind} ${item.link.kind} ${item.link.id}`} item={item} onOpen={onOpen} />
        ))}
      </ul>
      {rest > 0 && (
        <Button
          look="text"
          small
          icon="down"
          onClick={() => {
            unfold();
            setAsked(true);
          }}
        >
          {insightsText.rest(rest)}
        </Button>
      )}
    </section>
  );
}

/** Whether a part was asked for whole; whoever comes back from one of its rows finds it as it was. */
function useUnfolded(title: string): [boolean, () => void] {
  const cache = useQueryClient();
  const key = ["unfolded", title];
  const [all, setAll] = useState(cache.getQueryData(key) === true);
  const unfold = () => {
    cache.setQueryData(key, true);
    setAll(true);
  };
  return [all, unfold];
}
