import { useState } from "react";
import { baseText } from "../text/base";
import { quickText } from "../text/quick";
import { Button } from "./Button";
import styles from "./ColumnChooser.module.css";
import { IconButton } from "./IconButton";
import { Sheet } from "./Sheet";

interface ColumnChooserProps {
  all: { key: string; head: string }[];
  usual: string[];
  chosen: string[];
  onChange: (columns: string[]) => void;
}

/** Which columns a list shows, and in which order; what is exported follows it. */
export function ColumnChooser({ all, usual, chosen, onChange }: ColumnChooserProps) {
  const [open, setOpen] = useState(false);
  const hidden = all.filter(({ key }) => !chosen.includes(key));
  const shown = chosen.flatMap((key) => all.filter((column) => column.key === key));
  const move = (index: number, by: number) => {
    const moved = [...chosen];
    const [key] = moved.splice(index, 1);
    if (key !== undefined) moved.splice(index + by, 0, key);
    onChange(moved);
  };
  const toggle = (key: string) =>
    onChange(chosen.includes(key) ? chosen.filter((one) => one !== key) : [...chosen, key]);
  return (
    <>
      <Button small icon="table" onClick={() => setOpen(true)}>
        {quickText.columns}
      </Button>
      <Sheet
        open={open}
        onClose={() => setOpen(false)}
        title={quickText.columnsTitle}
        footer={
          <>
            <Button onClick={() => onChange(usual)}>{quickText.columnsReset}</Button>
            <Button look="primary" onClick={() => setOpen(false)}>
              {baseText.close}
            </Button>
          </>
        }
      >
        <p className={styles.hint}>{quickText.columnsHint}</p>
        <ul>
          {[...shown, ...hidden].map(({ key, head }) => {
            const index = chosen.indexOf(key);
            return (
              <li key={key} className={styles.row}>
                <label className={styles.name}>
                  <input
                    type="checkbox"
                    checked={index >= 0}
                    // A list without any column shows nothing.
                    disabled={index >= 0 && chosen.length === 1}
                    onChange={() => toggle(key)}
                  />
                  {head}
                </label>
                {index >= 0 && (
                  <>
                    <IconButton
                      icon="up"
                      label={quickText.columnUp(head)}
                      disabled={index === 0}
                      onClick={() => move(index, -1)}
                    />
                    <IconButton
                      icon="fall"
                      label={quickText.columnDown(head)}
                      disabled={index === chosen.length - 1}
                      onClick={() => move(index, 1)}
                    />
                  </>
                )}
              </li>
            );
          })}
        </ul>
      </Sheet>
    </>
  );
}
