import { useQuery } from "@tanstack/react-query";
import { Button } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { IconButton } from "../../parts/IconButton";
import { accessText } from "../../text/access";
import { catalogText } from "../../text/catalog";
import { categoriesQuery } from "./catalogApi";
import styles from "./Product.module.css";
import type { ProductForm } from "./productForm";

interface ProductFieldsProps {
  form: ProductForm;
  faults: Record<string, string>;
  withCost: boolean;
  onChange: (form: ProductForm) => void;
}

/** All fields of a product; further units and barcodes are rows that come and go. */
export function ProductFields({ form, faults, withCost, onChange }: ProductFieldsProps) {
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const field = (
    key: "code" | "name" | "spec" | "baseUnit" | "taxRate" | "cost" | "floor",
    label: string,
    fault: string,
    extra: object = {},
  ) => (
    <TextField
      label={label}
      error={faults[fault]}
      value={form[key]}
      maxLength={100}
      autoComplete="off"
      onChange={(event) => onChange({ ...form, [key]: event.target.value })}
      {...extra}
    />
  );
  const setUnit = (index: number, patch: object) =>
    onChange({ ...form, units: form.units.map((unit, n) => (n === index ? { ...unit, ...patch } : unit)) });
  const setBarcode = (index: number, patch: object) =>
    onChange({
      ...form,
      barcodes: form.barcodes.map((one, n) => (n === index ? { ...one, ...patch } : one)),
    });
  const allUnits = [form.baseUnit, ...form.units.map((unit) => unit.unit)].filter(
    (unit) => unit.trim() !== "",
  );
  return (
    <div className={styles.fields}>
      {field("name", catalogText.name, "name")}
      {field("code", catalogText.code, "code")}
      {field("spec", catalogText.spec, "spec", { optional: true })}
      <Choice
        label={catalogText.category}
        optional
        value={form.categoryId}
        onChange={(event) => onChange({ ...form, categoryId: event.target.value })}
      >
        <option value="">{catalogText.noCategory}</option>
        {categories.map((one) => (
          <option key={one.id} value={one.id}>
            {accessText.orgIndent(one.depth, one.name)}
          </option>
        ))}
      </Choice>
      {field("baseUnit", catalogText.baseUnit, "base_unit")}
      {field("taxRate", catalogText.taxRate, "tax_rate", { inputMode: "decimal" })}
      {withCost &&
        field("cost", catalogText.cost, "cost", {
          inputMode: "decimal",
          optional: true,
          hint: catalogText.perBase(form.baseUnit),
        })}
      {withCost &&
        field("floor", catalogText.floor, "floor_price", {
          inputMode: "decimal",
          optional: true,
          hint: catalogText.perBase(form.baseUnit),
        })}
      <Choice
        label={catalogText.decimals}
        value={form.decimals}
        onChange={(event) => onChange({ ...form, decimals: event.target.value })}
      >
        {["0", "1", "2", "3", "4"].map((places) => (
          <option key={places}>{places}</option>
        ))}
      </Choice>
      <fieldset className={styles.rows}>
        <legend>{catalogText.units}</legend>
        {form.units.map((unit, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own until they are saved.
          <div key={index} className={styles.pair}>
            <TextField
              label={catalogText.unit}
              error={faults[`units[${index}].unit`]}
              value={unit.unit}
              maxLength={12}
              onChange={(event) => setUnit(index, { unit: event.target.value })}
            />
            <TextField
              label={catalogText.factor(form.baseUnit)}
              error={faults[`units[${index}].factor`]}
              value={unit.factor}
              maxLength={15}
              onChange={(event) => setUnit(index, { factor: event.target.value })}
            />
            <IconButton
              icon="trash"
              label={catalogText.removeUnit(unit.unit)}
              onClick={() => onChange({ ...form, units: form.units.filter((_, n) => n !== index) })}
            />
          </div>
        ))}
        <Button
          look="text"
          icon="plus"
          small
          onClick={() => onChange({ ...form, units: [...form.units, { unit: "", factor: "" }] })}
        >
          {catalogText.addUnit}
        </Button>
      </fieldset>
      <fieldset className={styles.rows}>
        <legend>{catalogText.barcodes}</legend>
        {form.barcodes.map((barcode, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own until they are saved.
          <div key={index} className={styles.pair}>
            <TextField
              label={catalogText.barcode}
              error={faults[`barcodes[${index}].code`]}
              inputMode="numeric"
              value={barcode.code}
              maxLength={50}
              onChange={(event) => setBarcode(index, { code: event.target.value })}
            />
            <Choice
              label={catalogText.unit}
              value={barcode.unit || form.baseUnit}
              onChange={(event) => setBarcode(index, { unit: event.target.value })}
            >
              {allUnits.map((unit) => (
                <option key={unit}>{unit}</option>
              ))}
            </Choice>
            <IconButton
              icon="trash"
              label={catalogText.removeBarcode(barcode.code)}
              onClick={() => onChange({ ...form, barcodes: form.barcodes.filter((_, n) => n !== index) })}
            />
          </div>
        ))}
        <Button
          look="text"
          icon="plus"
          small
          onClick={() =>
            onChange({ ...form, barcodes: [...form.barcodes, { code: "", unit: form.baseUnit }] })
          }
        >
          {catalogText.addBarcode}
        </Button>
      </fieldset>
    </div>
  );
}
