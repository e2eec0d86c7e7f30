import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { quotesText } from "../../text/quotes";
import { scanText } from "../../text/scan";
import type { Hit } from "./codes";
import styles from "./ScanSheet.module.css";
import type { Scanned } from "./useScanned";

interface ScannedLastProps {
  last: Scanned | null;
  onChoose: (code: string, hit: Hit) => void;
  onUndo: () => void;
  onSearch: () => void;
}

const detail = ({ product }: Hit) =>
  [product.code, product.customer_code, product.spec].filter(Boolean).join(" · ");

/** What the code that was scanned last stands for, or what to do when it stands for nothing. */
export function ScannedLast({ last, onChoose, onUndo, onSearch }: ScannedLastProps) {
  return (
    <div className={styles.last} role="status">
      {last?.kind === "looking" && <p className={styles.sub}>{scanText.looking(last.code)}</p>}
      {last?.kind === "added" && (
        <div className={styles.added}>
          <div>
            <b>{last.hit.product.name}</b>
            <p className={styles.sub}>{detail(last.hit)}</p>
            <p className={last.hit.product.price ? styles.ok : styles.bad}>
              {scanText.added(last.qty, last.hit.unit)}
            </p>
            <p className={last.hit.product.price ? styles.sub : styles.bad}>
              {last.hit.product.price
                ? quotesText.perUnit(
                    formatMoney(last.hit.product.price.unit_price),
                    last.hit.product.price.unit,
                  )
                : scanText.noPrice}
            </p>
          </div>
          <Button small onClick={onUndo}>
            {scanText.takeBack}
          </Button>
        </div>
      )}
      {last?.kind === "several" && (
        <>
          <b>{scanText.several(last.code)}</b>
          {last.hits.map((hit) => (
            <Button key={`${hit.product.id} ${hit.unit}`} onClick={() => onChoose(last.code, hit)}>
              {[hit.product.name, detail(hit), hit.unit].join(" · ")}
            </Button>
          ))}
        </>
      )}
      {last?.kind === "unknown" && (
        <>
          <b className={styles.bad}>{scanText.unknown(last.code)}</b>
          <p className={styles.sub}>{scanText.unknownHint}</p>
          <Button small icon="search" onClick={onSearch}>
            {scanText.byName}
          </Button>
        </>
      )}
      {last?.kind === "failed" && <p className={styles.bad}>{last.message}</p>}
    </div>
  );
}
