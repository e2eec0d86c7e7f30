import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../../api/client";
import type { Content, DraftRow, ProductRow } from "../../../api/types";
import { Choice, TextField } from "../../../parts/Field";
import { asDecimal } from "../../../parts/format";
import { ProductPick } from "../../../parts/ProductPick";
import { Sheet } from "../../../parts/Sheet";
import { SheetActs } from "../../../parts/SheetActs";
import { useTyped } from "../../../parts/useTyped";
import { baseText } from "../../../text/base";
import { configText } from "../../../text/config";
import { asEntry, asShown, isPlain, type PriceRow, withEntry } from "./entry";
import { LockedEntry } from "./LockedEntry";
import { WhenFields } from "./WhenFields";

const words = configText.kinds.price_list;
const EMPTY: PriceRow = {
  product: 0,
  unit: null,
  min_qty: null,
  price: "",
  from: null,
  to: null,
  note: null,
};

interface EntrySheetProps {
  row: DraftRow | null;
  editable: boolean;
  onClose: () => void;
  /** Why the row cannot be taken, or null when it was. */
  onSave: (content: Content, shown: Record<string, unknown>) => string | null;
}

/** A product as rows show it. */
const shownOf = ({
  code,
  name,
  spec,
  base_unit,
}: Pick<ProductRow, "code" | "name" | "spec" | "base_unit">) => ({
  product_code: code,
  product_name: name,
  spec,
  base_unit,
});

/** One price with all its conditions; a new one begins with its product. */
export function EntrySheet({ row, editable, onClose, onSave }: EntrySheetProps) {
  const [entry, setEntry] = useState<PriceRow>(row?.content ? asEntry(row.content) : EMPTY);
  const typed = useTyped(entry);
  const [picked, setPicked] = useState<ProductRow | null>(null);
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const known = useQuery({
    queryKey: ["products", "one", entry.product],
    enabled: row !== null && entry.product > 0,
    queryFn: ({ signal }) =>
      read(client.GET("/api/products/{id}", { params: { path: { id: entry.product } }, signal })),
  });
  const product = picked ?? known.data;
  const price = asDecimal(entry.price, 4);
  const minQty = entry.min_qty === null || entry.min_qty === "" ? null : asDecimal(entry.min_qty, 3);
  const complete = entry.product > 0 && price !== null && (minQty !== null || !entry.min_qty);
  const save = () => {
    setAsked(true);
    if (!complete || price === null) return;
    const patch = { ...entry, price, min_qty: minQty, note: entry.note?.trim() ?? null };
    const shown = product ? shownOf(product) : (row?.shown ?? {});
    const refused = onSave(withEntry(row?.content ?? {}, patch), shown);
    setFault(refused);
    if (refused === null) onClose();
  };
  const set = (patch: Partial<PriceRow>) => setEntry({ ...entry, ...patch });
  if (row !== null && (row.content === null || !editable || !isPlain(row.content)))
    return <LockedEntry row={row} onClose={onClose} />;
  return (
    <Sheet
      open
      onClose={onClose}
      title={row ? asShown(row.shown).product_name : words.addTitle}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} onClick={save}>
          {baseText.save}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 16 }}>
        {row === null && (
          <ProductPick
            picked={picked}
            error={asked && entry.product === 0 ? words.pickProduct : undefined}
            onPick={(chosen) => {
              setPicked(chosen);
              set({ product: chosen.id, unit: null });
            }}
          />
        )}
        <TextField
          label={words.next}
          inputMode="decimal"
          error={asked && price === null ? words.badPrice : undefined}
          value={entry.price}
          maxLength={16}
          data-autofocus={row === null ? undefined : true}
          onChange={(event) => set({ price: event.target.value })}
        />
        {product && (
          <Choice
            label={words.unit}
            value={entry.unit ?? ""}
            onChange={(event) => set({ unit: event.target.value === "" ? null : event.target.value })}
          >
            <option value="">{words.baseUnit(product.base_unit)}</option>
            {product.units
              .filter((unit) => unit.unit !== product.base_unit)
              .map((unit) => (
                <option key={unit.unit}>{unit.unit}</option>
              ))}
          </Choice>
        )}
        <TextField
          label={words.minQty}
          optional
          inputMode="decimal"
          error={asked && entry.min_qty && minQty === null ? words.badPrice : undefined}
          value={entry.min_qty ?? ""}
          maxLength={15}
          onChange={(event) => set({ min_qty: event.target.value })}
        />
        <WhenFields
          when={{ from: entry.from ?? null, to: entry.to ?? null, note: entry.note ?? "" }}
          set={set}
        />
        {fault !== null && <p role="alert">{fault}</p>}
      </div>
    </Sheet>
  );
}
