import { useState } from "react";
import type { ImportChoices, ImportSheet } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { importText as words } from "../../text/imports";
import styles from "./Import.module.css";
import { ImportMapping } from "./ImportMapping";
import { sheetChoice, withSheet } from "./importApi";
import { Tally } from "./Tally";

const SURE = 80;

interface ImportSheetsProps {
  sheets: ImportSheet[];
  choices: ImportChoices;
  onChange: (choices: ImportChoices) => void;
}

/** The sheets of a file: which are taken, how sure that is, and the columns of the one that is looked at. */
export function ImportSheets({ sheets, choices, onChange }: ImportSheetsProps) {
  const [picked, setPicked] = useState<string | null>(null);
  const usual = sheets.find((sheet) => sheet.taken) ?? sheets[0];
  const current = sheets.find((sheet) => sheet.name === picked) ?? usual;
  const offersTax = sheets.some((sheet) =>
    sheet.faults.some((fault) => sheet.taken && fault.code === "tax_basis_differs"),
  );
  return (
    <section>
      <h3 className={styles.title}>{words.sheets(sheets.length)}</h3>
      <ul className={styles.sheets}>
        {sheets.map((sheet) => (
          <li key={sheet.name} aria-current={sheet === current}>
            <label className={styles.sheetName}>
              <input
                type="checkbox"
                checked={sheetChoice(choices, sheet.name).taken ?? sheet.taken}
                onChange={(event) =>
                  onChange(
                    withSheet(choices, {
                      ...sheetChoice(choices, sheet.name),
                      taken: event.target.checked,
                    }),
                  )
                }
              />
              {sheet.name}
            </label>
            <span className={styles.why}>
              <Badge tone={sheet.confidence >= SURE ? "brand" : "wait"}>{words.sure(sheet.confidence)}</Badge>
              <small>{sheet.why}</small>
            </span>
            <span className={styles.sheetRows}>
              <Tally tally={sheet.tally} />
              {sheets.length > 1 && sheet !== current && (
                <Button small look="text" onClick={() => setPicked(sheet.name)}>
                  {words.seeColumns(sheet.name)}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      {(offersTax || choices.convert_tax) && (
        <label className={styles.sheetName}>
          <input
            type="checkbox"
            checked={choices.convert_tax}
            onChange={(event) => onChange({ ...choices, convert_tax: event.target.checked })}
          />
          {words.convertTax}
        </label>
      )}
      {current && (
        <ImportMapping
          sheet={current}
          onChange={(sheet) =>
            onChange(withSheet(choices, { ...sheetChoice(choices, current.name), ...sheet }))
          }
        />
      )}
    </section>
  );
}
