import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Import, ImportChoices } from "../../api/types";
import { Button } from "../../parts/Button";
import { Field, inputClass } from "../../parts/Field";
import { importText as words } from "../../text/imports";
import styles from "./Import.module.css";
import { lentTo, suppliersQuery } from "./importApi";
import { SuppliersSheet } from "./SuppliersSheet";

const SUPPLIER_LETTERS_MAX = 40;

/** Which file it is and whose: what is settled now is remembered for the next file of that supplier. */
export function ImportSource({
  found,
  onChange,
}: {
  found: Import;
  onChange: (choices: ImportChoices) => void;
}) {
  const listId = useId();
  const [supplier, setSupplier] = useState(found.choices.supplier);
  const [shown, setShown] = useState(false);
  const known = useQuery(suppliersQuery);
  const suppliers = lentTo(found, known.data?.items ?? []);
  const remembered = suppliers.find((one) => one.name === found.choices.supplier);
  const keep = () => {
    if (supplier.trim() !== found.choices.supplier) onChange({ ...found.choices, supplier: supplier.trim() });
  };
  const hint = remembered
    ? words.remembered(remembered.files, remembered.products)
    : found.choices.supplier
      ? words.willRemember
      : words.nobody;
  return (
    <div className={styles.source}>
      <p className={styles.fileName}>{found.file_name}</p>
      <Field label={words.supplier} hint={hint}>
        {(ids) => (
          <input
            {...ids}
            className={inputClass}
            list={listId}
            maxLength={SUPPLIER_LETTERS_MAX}
            value={supplier}
            onChange={(event) => setSupplier(event.target.value)}
            onBlur={keep}
            onKeyDown={(event) => {
              if (event.key === "Enter") keep();
            }}
          />
        )}
      </Field>
      <datalist id={listId}>
        {suppliers.map((one) => (
          <option key={one.id} value={one.name} />
        ))}
      </datalist>
      <Button small look="text" onClick={() => setShown(true)}>
        {words.suppliers}
      </Button>
      {shown && <SuppliersSheet onClose={() => setShown(false)} />}
    </div>
  );
}
