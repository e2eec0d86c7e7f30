import type { SelectHTMLAttributes } from "react";
import { packOf } from "../../parts/packs";
import { quotesText } from "../../text/quotes";
import type { DraftLine } from "./draftModel";

interface UnitPickProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, "onChange" | "value"> {
  line: DraftLine;
  named: string;
  /** Class of a unit that has no other beside it. */
  oneClass: string | undefined;
  onUnit: (unit: string) => void;
}

/** The unit of a line; the list says what each of the others holds. */
export function UnitPick({ line, named, oneClass, onUnit, ...rest }: UnitPickProps) {
  const { product, unit } = line;
  if (product.units.length < 2) return <span className={oneClass}>{unit}</span>;
  return (
    <select
      {...rest}
      aria-label={quotesText.unitOf(named)}
      value={unit}
      onChange={(event) => onUnit(event.target.value)}
    >
      {product.units.map((one) => (
        <option key={one.unit} value={one.unit}>
          {(one.unit !== unit && packOf(product, one.unit)) || one.unit}
        </option>
      ))}
    </select>
  );
}
