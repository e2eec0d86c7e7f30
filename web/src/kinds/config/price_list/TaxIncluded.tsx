import type { DraftRow } from "../../../api/types";
import { configText } from "../../../text/config";
import styles from "./PriceListEditor.module.css";

interface TaxIncludedProps {
  /** The row of the whole list. */
  row: DraftRow | undefined;
  editable: boolean;
  onTax: (included: boolean) => void;
}

/** Whether the prices of the list include tax. */
export function TaxIncluded({ row, editable, onTax }: TaxIncludedProps) {
  return (
    <label className={styles.tax}>
      <input
        type="checkbox"
        checked={row?.content?.includes_tax !== false}
        disabled={!editable}
        onChange={(event) => onTax(event.target.checked)}
      />
      {configText.kinds.price_list.includesTax}
    </label>
  );
}
