import { useId } from "react";
import type { TodayItem } from "../../api/types";
import styles from "./TodayPage.module.css";
import { TodayRow } from "./TodayRow";

/** One part of today under its heading; nothing where it is empty. */
export function TodayList({ title, items }: { title: string; items: TodayItem[] }) {
  const heading = useId();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className={styles.heading}>
        {title}
      </h2>
      <ul className={styles.list}>
        {items.map((item) => (
          <TodayRow key={`${item.kind} ${item.link.kind} ${item.link.id}`} item={item} />
        ))}
      </ul>
    </section>
  );
}
