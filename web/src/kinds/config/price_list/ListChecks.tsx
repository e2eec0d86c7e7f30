import styles from "./ListSheet.module.css";

interface ListChecksProps {
  label: string;
  all: string[];
  chosen: string[];
  onToggle: (word: string) => void;
}

/** Words of which several may be chosen; none is all. */
export function ListChecks({ label, all, chosen, onToggle }: ListChecksProps) {
  const known = [...all, ...chosen.filter((word) => !all.includes(word))];
  return (
    <div className={styles.group} role="group" aria-label={label}>
      <b>{label}</b>
      <div className={styles.checks}>
        {known.map((word) => (
          <label key={word} className={styles.check}>
            <input type="checkbox" checked={chosen.includes(word)} onChange={() => onToggle(word)} />
            {word}
          </label>
        ))}
      </div>
    </div>
  );
}
