import styles from "./TabBar.module.css";

export interface Tab {
  key: string;
  word: string;
  /** How many stand there. */
  count?: number;
  /** Something among them must be looked at. */
  alarm?: boolean;
}

interface TabBarProps {
  label: string;
  tabs: Tab[];
  current: string;
  onPick: (key: string) => void;
}

/** Views of one thing, side by side. */
export function TabBar({ label, tabs, current, onPick }: TabBarProps) {
  return (
    <div className={styles.bar} role="tablist" aria-label={label}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          aria-selected={tab.key === current}
          className={styles.tab}
          onClick={() => onPick(tab.key)}
        >
          {tab.word}
          {tab.count !== undefined && (
            <span className={tab.alarm ? `${styles.count} ${styles.alarm}` : styles.count}>{tab.count}</span>
          )}
        </button>
      ))}
    </div>
  );
}
