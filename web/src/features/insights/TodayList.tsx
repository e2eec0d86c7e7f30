import { useId, useState } from "react";
import type { TodayItem } from "../../api/types";
import { Button } from "../../parts/Button";
import { insightsText } from "../../text/insights";
import styles from "./TodayPage.module.css";
import { TodayRow } from "./TodayRow";

interface TodayListProps {
  title: string;
  items: TodayItem[];
  onOpen?: (item: TodayItem) => void;
  /** How many stand there before somebody asks for the rest; all of them without it. */
  folds?: number;
}

/** One part of today under its heading; nothing where it is empty. */
export function TodayList({ title, items, onOpen, folds }: TodayListProps) {
  const heading = useId();
  const [all, setAll] = useState(false);
  // A single row more takes no more room than the button that would hide it.
  const shown = all || folds === undefined || items.length <= folds + 1 ? items : items.slice(0, folds);
  const rest = items.length - shown.length;
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className={styles.heading}>
        {title}
      </h2>
      <ul className={styles.list}>
        {shown.map((item) => (
          <TodayRow key={`${item.kind} ${item.link.kind} ${item.link.id}`} item={item} onOpen={onOpen} />
        ))}
      </ul>
      {rest > 0 && (
        <Button look="text" small icon="down" onClick={() => setAll(true)}>
          {insightsText.restOfNews(rest)}
        </Button>
      )}
    </section>
  );
}
