import type { ImportPreview } from "../../api/types";
import { importText as words } from "../../text/imports";
import styles from "./Import.module.css";

/** How many rows of a file, or of a sheet, became what; they add up to its rows. */
export function Tally({ tally }: { tally: ImportPreview["tally"] }) {
  const parts = [
    { key: "read", count: tally.read },
    { key: "mended", count: tally.mended },
    { key: "asked", count: tally.asked },
    { key: "refused", count: tally.refused },
    { key: "left_out", count: tally.left_out },
    { key: "silent", count: tally.silent },
    { key: "not_taken", count: tally.not_taken },
  ] as const;
  return (
    <span className={styles.tally}>
      <b>{words.rows(tally.rows)}</b>
      {parts
        .filter((part) => part.count > 0)
        .map((part) => (
          <span
            key={part.key}
            className={part.key === "asked" || part.key === "refused" ? styles.missing : undefined}
          >
            {words.became[part.key](part.count)}
          </span>
        ))}
    </span>
  );
}
