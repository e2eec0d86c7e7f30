import { type FormEvent, useState } from "react";
import { randomKey } from "../../api/ids";
import type { LineOwn } from "../../api/types";
import { Button } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { asDecimal } from "../../parts/format";
import { Sheet } from "../../parts/Sheet";
import { useTyped } from "../../parts/useTyped";
import { agreeingText as words } from "../../text/agreeing";
import styles from "./Agreeing.module.css";
import { type DraftDoc, type DraftLine, ownProduct } from "./draftModel";
import type { ChangeDraft } from "./useQuoteDraft";

type Kind = keyof typeof words.ownKinds;
const KINDS = Object.keys(words.ownKinds) as Kind[];
const NAME_LETTERS = 80;

interface OwnSheetProps {
  doc: DraftDoc;
  /** The line that is changed; none: a new one. */
  line: DraftLine | null;
  /** Whether the prices of this quotation hold the tax. */
  includesTax: boolean;
  change: ChangeDraft;
  onClose: () => void;
}

/** Freight, unloading, cutting, or goods that stand in no catalogue. */
export function OwnSheet({ doc, line, includesTax, change, onClose }: OwnSheetProps) {
  const [kind, setKind] = useState<Kind>((line?.own?.kind as Kind) ?? "freight");
  const [fields, setFields] = useState({
    name: line?.own?.name ?? words.ownKinds.freight,
    spec: line?.own?.spec ?? "",
    qty: line?.qty ?? "1",
    unit: line?.unit ?? words.ownUnits.freight,
    price: line?.own?.price ?? "",
    taxRate: line?.own?.tax_rate ?? "13",
    cost: line?.own?.cost ?? "",
    supplier: line?.own?.supplier ?? "",
    group: line?.group ?? "",
  });
  const rooms = [...new Set(doc.lines.map((one) => one.group).filter(Boolean))];
  const [asked, setAsked] = useState(false);
  const typed = useTyped([kind, fields]);
  const set = (patch: Partial<typeof fields>) => setFields((now) => ({ ...now, ...patch }));
  const goods = kind === "goods";
  // Of a line that was there, the cost may be known to the server and hidden from this reader.
  const hidden = line?.own !== undefined && line.own.cost == null;
  const figures = {
    price: asDecimal(fields.price, 4),
    qty: asDecimal(fields.qty, 3),
    taxRate: asDecimal(fields.taxRate, 2),
    cost: asDecimal(fields.cost, 4),
  };
  const faults = {
    name: fields.name.trim() === "" && words.missing,
    unit: fields.unit.trim() === "" && words.missing,
    price: figures.price === null && words.badPrice,
    qty: (figures.qty === null || Number(figures.qty) === 0) && words.missing,
    taxRate: (figures.taxRate === null || Number(figures.taxRate) > 100) && words.badPercent,
    cost:
      fields.cost.trim() === "" ? goods && !hidden && words.missing : figures.cost === null && words.badPrice,
    supplier: goods && fields.supplier.trim() === "" && words.missing,
  };
  const pick = (next: Kind) => {
    const known = KINDS.some((one) => words.ownKinds[one] === fields.name);
    setKind(next);
    set({
      name: known ? (next === "goods" ? "" : words.ownKinds[next]) : fields.name,
      unit: KINDS.some((one) => words.ownUnits[one] === fields.unit) ? words.ownUnits[next] : fields.unit,
    });
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.values(faults).some(Boolean)) return;
    const own: LineOwn = {
      kind,
      name: fields.name.trim(),
      spec: fields.spec.trim(),
      price: figures.price ?? "0",
      tax_rate: figures.taxRate,
      supplier: fields.supplier.trim(),
      ...(figures.cost === null ? {} : { cost: figures.cost }),
    };
    const unit = fields.unit.trim();
    const group = fields.group.trim() || undefined;
    const patch = { own, unit, group, qty: figures.qty ?? "1", product: ownProduct(own, unit) };
    if (line) change({ kind: "line", id: line.id, patch });
    else change({ kind: "own", line: { id: randomKey(), note: "", ...patch } });
    onClose();
  };
  const text = (label: string, field: keyof typeof fields, more?: { number?: boolean; hint?: string }) => (
    <TextField
      label={label}
      hint={more?.hint}
      error={asked ? faults[field as keyof typeof faults] || undefined : undefined}
      inputMode={more?.number ? "decimal" : "text"}
      autoComplete="off"
      maxLength={more?.number ? 16 : NAME_LETTERS}
      value={fields[field]}
      onChange={(event) => set({ [field]: event.target.value })}
    />
  );
  return (
    <Sheet open onClose={onClose} title={words.ownTitle} tall typed={typed}>
      <form className={styles.form} onSubmit={save} noValidate>
        <Choice label={words.ownKind} value={kind} onChange={(event) => pick(event.target.value as Kind)}>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {words.ownKinds[one]}
            </option>
          ))}
        </Choice>
        {text(words.name, "name")}
        {goods && text(words.spec, "spec")}
        <div className={styles.pair}>
          {text(words.qty, "qty", { number: true })}
          {text(words.unit, "unit")}
        </div>
        <div className={styles.pair}>
          {text(words.price(includesTax), "price", { number: true })}
          {text(words.taxRate, "taxRate", { number: true })}
        </div>
        <div className={styles.pair}>
          {text(words.cost, "cost", { number: true, hint: hidden ? words.costKept : words.costHint })}
          {text(words.supplier, "supplier")}
        </div>
        {text(words.group, "group", {
          hint: rooms.length > 0 ? words.groupsKnown(rooms.join("、")) : undefined,
        })}
        <Button type="submit" look="primary" block>
          {words.save}
        </Button>
      </form>
    </Sheet>
  );
}
