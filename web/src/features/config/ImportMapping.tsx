import type { ImportSheet, SheetChoice } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { inputClass, TextField } from "../../parts/Field";
import { configText } from "../../text/config";
import styles from "./Import.module.css";

const words = configText.import;
const SURE = 80;

interface ImportMappingProps {
  sheet: ImportSheet;
  onChange: (change: Partial<SheetChoice>) => void;
}

/** Which column is which field, as guessed, with how sure the guess is; every guess can be corrected in place. */
export function ImportMapping({ sheet, onChange }: ImportMappingProps) {
  const mapping = Object.fromEntries(sheet.fields.map((field) => [field.field, field.column]));
  const set = (field: string, column: string) =>
    onChange({
      head_row: sheet.head_row,
      mapping: { ...mapping, [field]: column === "" ? null : Number(column) },
    });
  // What found no column and need not have one is out of the way.
  const used = sheet.fields.filter((field) => field.column !== null || field.required);
  const unused = sheet.fields.filter((field) => field.column === null && !field.required);
  return (
    <>
      <div className={styles.mappingHead}>
        <div>
          <h3 className={styles.title}>{words.mappingOf(sheet.name)}</h3>
          <p className={styles.quiet}>{words.mappingHint}</p>
        </div>
        <TextField
          key={`${sheet.name} ${sheet.head_row}`}
          label={words.headRow}
          type="number"
          min={0}
          max={1000}
          defaultValue={sheet.head_row}
          onBlur={(event) => {
            const row = Number(event.target.value);
            if (event.target.value !== "" && row >= 0 && row !== sheet.head_row)
              onChange({ head_row: row, mapping: undefined });
          }}
        />
      </div>
      <FieldList sheet={sheet} fields={used} onSet={set} />
      {unused.length > 0 && (
        <details className={styles.preview}>
          <summary>{words.unused(unused.length)}</summary>
          <FieldList sheet={sheet} fields={unused} onSet={set} />
        </details>
      )}
      <details className={styles.preview}>
        <summary>{words.preview}</summary>
        <div className={styles.scroll}>
          <table>
            <tbody>
              {sheet.preview.map((line) => (
                <tr key={line.row}>
                  <th scope="row">{line.row}</th>
                  {line.cells.map((cell, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells of a sheet are known by their place alone.
                    <td key={index}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
}

function FieldList({
  sheet,
  fields,
  onSet,
}: {
  sheet: ImportSheet;
  fields: ImportSheet["fields"];
  onSet: (field: string, column: string) => void;
}) {
  const samples = (column: number | null) =>
    (sheet.columns.find((one) => one.index === column)?.samples ?? []).slice(0, 3).join("、");
  return (
    <ul className={styles.fields}>
      {fields.map((field) => (
        <li key={field.field}>
          <span className={styles.label}>
            {field.label}
            {field.required && <small>{words.required}</small>}
          </span>
          <select
            className={inputClass}
            aria-label={`${field.label} ${words.column}`}
            value={field.column ?? ""}
            onChange={(event) => onSet(field.field, event.target.value)}
          >
            <option value="">{words.noColumn}</option>
            {sheet.columns.map((column) => (
              <option key={column.index} value={column.index}>
                {column.letter} {column.head}
              </option>
            ))}
          </select>
          <span className={styles.why}>
            {field.column !== null && (
              <>
                <Badge tone={field.confidence >= SURE ? "brand" : "wait"}>
                  {words.sure(field.confidence)}
                </Badge>
                <small>{[field.why, samples(field.column)].filter(Boolean).join("：")}</small>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
