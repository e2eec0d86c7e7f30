import type { ImportProposal, ImportRequest } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Choice, inputClass, TextField } from "../../parts/Field";
import { configText } from "../../text/config";
import styles from "./Import.module.css";

const words = configText.import;
const SURE = 80;

interface ImportMappingProps {
  proposal: ImportProposal;
  request: ImportRequest;
  onChange: (request: ImportRequest) => void;
}

/** Which column is which field, as guessed, with how sure the guess is; every guess can be corrected in place. */
export function ImportMapping({ proposal, request, onChange }: ImportMappingProps) {
  const mapping = Object.fromEntries(proposal.fields.map((field) => [field.field, field.column]));
  const set = (field: string, column: string) =>
    onChange({
      ...request,
      sheet: proposal.sheet,
      head_row: proposal.head_row,
      mapping: { ...mapping, [field]: column === "" ? null : Number(column) },
    });
  const samples = (column: number | null) =>
    column === null
      ? ""
      : (proposal.columns.find((one) => one.index === column)?.samples ?? []).slice(0, 3).join("、");
  const fieldList = (fields: ImportProposal["fields"]) => (
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
            onChange={(event) => set(field.field, event.target.value)}
          >
            <option value="">{words.noColumn}</option>
            {proposal.columns.map((column) => (
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
  // What found no column and need not have one is out of the way.
  const used = proposal.fields.filter((field) => field.column !== null || field.required);
  const unused = proposal.fields.filter((field) => field.column === null && !field.required);
  return (
    <>
      <div className={styles.source}>
        <p className={styles.fileName}>{proposal.file_name}</p>
        <Choice
          label={words.sheet}
          value={proposal.sheet}
          onChange={(event) => onChange({ file: request.file, sheet: event.target.value })}
        >
          {proposal.sheets.map((sheet) => (
            <option key={sheet.name} value={sheet.name}>
              {words.sheetRows(sheet.name, sheet.rows)}
            </option>
          ))}
        </Choice>
        <TextField
          key={proposal.head_row}
          label={words.headRow}
          type="number"
          min={1}
          max={100}
          defaultValue={proposal.head_row}
          onBlur={(event) => {
            const row = Number(event.target.value);
            if (row >= 1 && row !== proposal.head_row)
              onChange({ file: request.file, sheet: proposal.sheet, head_row: row });
          }}
        />
      </div>
      <h3 className={styles.title}>{words.mapping}</h3>
      <p className={styles.quiet}>{words.mappingHint}</p>
      {fieldList(used)}
      {unused.length > 0 && (
        <details className={styles.preview}>
          <summary>{words.unused(unused.length)}</summary>
          {fieldList(unused)}
        </details>
      )}
      <details className={styles.preview}>
        <summary>{words.preview}</summary>
        <div className={styles.scroll}>
          <table>
            <tbody>
              {proposal.preview.map((line) => (
                <tr key={line.row} className={line.row === proposal.head_row ? styles.headRow : undefined}>
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
