import { useId } from "react";
import type { TodayItem } from "../../api/types";
import styles from "./TodayPage.module.css";
import { TodayRow } from "./TodayRow";

interface TodayListProps {
  title: string;
  items: TodayItem[];
  onOpen?: (item: TodayItem) => void;
}

/** One part of today under its heading; nothing where it is empty. */
export function TodayList({ title, items, onOpen }: TodayListProps) {
  const heading = useId();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className={styles.heading}>
        {title}
      </h2>
      <ul className={styles.list}>
        {items.map((item) => (
          <TodayRow key={`${item.kind} ${item.link.kind} ${item.link.id}`} item={item} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}
