import styles from "./KeyList.module.css";

interface KeyListProps {
  label: string;
  /** Key, and what it does. */
  keys: readonly (readonly [string, string])[];
  /** Small in a row beneath what they work on, or a page of them. */
  look: "hints" | "page";
}

/** Keys and what they do. */
export function KeyList({ label, keys, look }: KeyListProps) {
  const page = look === "page" ? { tabIndex: 0, "data-autofocus": true } : {};
  return (
    <dl className={styles[look]} aria-label={label} {...page}>
      {keys.map(([key, does]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
