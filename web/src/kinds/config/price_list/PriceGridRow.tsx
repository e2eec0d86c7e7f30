import { memo } from "react";
import type { DraftRow } from "../../../api/types";
import { Badge } from "../../../parts/Badge";
import { formatDay, group, signed, trimZeros } from "../../../parts/format";
import { Icon } from "../../../parts/Icon";
import { IconButton } from "../../../parts/IconButton";
import { configText } from "../../../text/config";
import { asEntry, asShown } from "./entry";
import styles from "./PriceGrid.module.css";
import { PriceInput } from "./PriceInput";

const words = configText.kinds.price_list;

interface PriceGridRowProps {
  row: DraftRow;
  fault: string | undefined;
  editable: boolean;
  onPrice: (row: DraftRow, price: string) => void;
  onRevert: (row: DraftRow) => void;
  onRemove: (row: DraftRow) => void;
  onOpen: (row: DraftRow) => void;
}

const TONES = { added: "info", changed: "wait", removed: "risk" } as const;

export const PriceGridRow = memo(function PriceGridRow({
  row,
  fault,
  editable,
  onPrice,
  onRevert,
  onRemove,
  onOpen,
}: PriceGridRowProps) {
  const product = asShown(row.shown);
  const entry = asEntry(row.content ?? row.before ?? {});
  const unit = entry.unit ?? product.base_unit;
  const extra = [
    entry.min_qty !== null && words.min(trimZeros(entry.min_qty)),
    entry.from !== null || entry.to !== null
      ? words.window(
          entry.from === null ? "…" : formatDay(entry.from),
          entry.to === null ? "…" : formatDay(entry.to),
        )
      : null,
  ];
  const conditions = extra.filter(Boolean).join(" · ");
  const removed = row.content === null;
  return (
    <div className={removed ? `${styles.row} ${styles.removed}` : styles.row}>
      <span className={styles.product}>
        <span className={styles.name}>{product.product_name || row.key}</span>
        {row.change !== "same" && <Badge tone={TONES[row.change]}>{configText[row.change]}</Badge>}
        <small>{product.spec}</small>
      </span>
      <span className={styles.code}>{product.product_code}</span>
      <span className={styles.unit}>
        {unit}
        {conditions !== "" && <small>{conditions}</small>}
      </span>
      <span className={styles.now}>{row.before ? group(asEntry(row.before).price) : "–"}</span>
      <span className={styles.next}>
        {removed ? (
          "–"
        ) : (
          <PriceInput
            label={words.priceOf(product.product_name)}
            value={entry.price}
            disabled={!editable}
            changed={row.change !== "same"}
            onPrice={(price) => onPrice(row, price)}
          />
        )}
      </span>
      <span className={styles.delta}>
        {row.delta_percent !== null && `${signed(trimZeros(row.delta_percent))}%`}
      </span>
      {editable && (
        <span className={styles.acts}>
          {!removed && (
            <IconButton
              quiet
              icon="edit"
              label={`${words.editEntry} ${product.product_name}`}
              onClick={() => onOpen(row)}
            />
          )}
          {row.change === "same" ? (
            <IconButton
              quiet
              icon="trash"
              label={`${configText.deleteRow} ${product.product_name}`}
              onClick={() => onRemove(row)}
            />
          ) : (
            <IconButton
              quiet
              icon="undo"
              label={`${configText.revertRow} ${product.product_name}`}
              onClick={() => onRevert(row)}
            />
          )}
        </span>
      )}
      {fault && (
        <p className={styles.fault}>
          <Icon name="warning" size={16} />
          {fault}
        </p>
      )}
    </div>
  );
});
