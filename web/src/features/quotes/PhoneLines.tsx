import { lazy, Suspense, useState } from "react";
import type { PricedLine, Quote, Subtotal } from "../../api/types";
import { Button } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { quotesText } from "../../text/quotes";
import { scanText } from "../../text/scan";
import { type DraftDoc, type DraftLine, isCurrent } from "./draftModel";
import { inCatalogue } from "./InCatalogue";
import { beyondLimit } from "./LineFaults";
import { PhoneLine } from "./PhoneLine";
import styles from "./PhoneLines.module.css";
import { ProductSheet } from "./ProductSheet";
import { SplitNote } from "./SplitNote";
import { showLine } from "./showLine";
import { TwinNote } from "./TwinNote";
import type { ChangeDraft } from "./useQuoteDraft";

const ScanSheet = lazy(() => import("./ScanSheet").then((file) => ({ default: file.ScanSheet })));

interface PhoneLinesProps {
  doc: DraftDoc;
  priced: Map<string, PricedLine>;
  problems: Quote["problems"];
  change: ChangeDraft;
  onWhy: (line: PricedLine) => void;
  onEdit: (line: DraftLine) => void;
  subtotals: Subtotal[];
}

/** The lines by thumb: a card each with big steps, and one button that adds. */
export function PhoneLines({ doc, priced, problems, change, onWhy, onEdit, subtotals }: PhoneLinesProps) {
  const [adding, setAdding] = useState(doc.lines.length === 0);
  const [scanning, setScanning] = useState(false);
  const scan = (
    <Button icon="scan" onClick={() => setScanning(true)}>
      {scanText.scan}
    </Button>
  );
  return (
    <div>
      {doc.lines.length === 0 ? (
        <div className={styles.list}>
          <EmptyState icon="catalog" title={quotesText.startEmpty} hint={quotesText.startHint}>
            <Button look="primary" icon="plus" onClick={() => setAdding(true)}>
              {quotesText.addProduct}
            </Button>
            {scan}
          </EmptyState>
        </div>
      ) : (
        <>
          <ul className={styles.list}>
            {doc.lines.map((line) => {
              const answer = priced.get(line.id);
              return (
                <PhoneLine
                  key={line.id}
                  line={line}
                  priced={answer}
                  stale={!isCurrent(line, answer)}
                  beyond={beyondLimit(problems, line.id)}
                  listed={inCatalogue(problems, line.id)}
                  change={change}
                  onWhy={onWhy}
                  onEdit={onEdit}
                  subtotals={subtotals}
                />
              );
            })}
          </ul>
          <TwinNote doc={doc} change={change} />
          <SplitNote doc={doc} onGo={showLine} />
          <div className={styles.add}>
            <Button icon="plus" block onClick={() => setAdding(true)}>
              {quotesText.addProduct}
            </Button>
            {scan}
          </div>
        </>
      )}
      <ProductSheet
        open={adding}
        doc={doc}
        change={change}
        onScan={() => setScanning(true)}
        onClose={() => setAdding(false)}
      />
      <Suspense>
        {scanning && (
          <ScanSheet
            doc={doc}
            change={change}
            onSearch={() => {
              setScanning(false);
              setAdding(true);
            }}
            onClose={() => setScanning(false)}
          />
        )}
      </Suspense>
    </div>
  );
}
