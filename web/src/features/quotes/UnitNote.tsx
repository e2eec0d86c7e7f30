import { useEffect, useRef, useState } from "react";
import { packOf, timesOf } from "../../parts/packs";
import { quotesText } from "../../text/quotes";
import type { DraftLine } from "./draftModel";
import styles from "./UnitNote.module.css";

/** What one of the line's unit holds; and after another unit was chosen, what that did to the quantity. */
export function UnitNote({ line, className }: { line: DraftLine; className?: string }) {
  const times = useUnitTimes(line);
  const pack = packOf(line.product, line.unit);
  if (pack === "" && times === "") return null;
  return (
    <p className={`${styles.note} ${className ?? ""}`}>
      {pack !== "" && <span>{pack}</span>}
      <span role="status" className={styles.changed}>
        {times !== "" && quotesText.unitChanged(times)}
      </span>
    </p>
  );
}

/** How many times as much the line is since its unit was changed, until its quantity or product is. */
function useUnitTimes(line: DraftLine): string {
  const last = useRef(line);
  const [from, setFrom] = useState<string | null>(null);
  useEffect(() => {
    const was = last.current;
    last.current = line;
    if (was.product.id !== line.product.id || was.qty !== line.qty) setFrom(null);
    else if (was.unit !== line.unit) setFrom(was.unit);
  }, [line]);
  return from === null ? "" : timesOf(line.product, from, line.unit);
}
