import { type FormEvent, useState } from "react";
import type { Content } from "../../api/types";
import { Button } from "../../parts/Button";
import { Choice, TextArea, TextField } from "../../parts/Field";
import { configText } from "../../text/config";
import styles from "./RowsEditor.module.css";
import type { NewRowStart, RowColumn, RowKey } from "./rowColumns";

type Values = Record<string, string>;

export interface NewRowProps {
  keys: readonly RowKey[];
  columns: readonly RowColumn[];
  /** What the key fields make. */
  start: (values: Values) => NewRowStart;
  taken: (key: string) => boolean;
  /** Said where the key has no name or is taken. */
  badKey: string;
  onAdd: (key: string, content: Content, shown: Record<string, unknown> | undefined) => void;
}

/** One more row. */
export function NewRow({ keys, columns, start, taken, badKey, onAdd }: NewRowProps) {
  const [values, setValues] = useState<Values>({});
  const [asked, setAsked] = useState(false);
  // A choice that has gone meanwhile, as it is taken now, gives way to the first that is left.
  const keyValue = ({ name, choices }: RowKey) => {
    const value = values[name];
    if (!choices) return value ?? "";
    return choices.some((one) => one.value === value) ? (value ?? "") : (choices[0]?.value ?? "");
  };
  const begun = start(Object.fromEntries(keys.map((key) => [key.name, keyValue(key).trim()])));
  const keyFault = begun.key === "" || taken(begun.key);
  const typed = (column: RowColumn) => values[column.name] ?? column.usual ?? "";
  const set = (name: string) => (event: { target: { value: string } }) =>
    setValues({ ...values, [name]: event.target.value });
  const add = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const content: Content = { ...begun.content };
    for (const column of columns) content[column.name] = column.read(typed(column));
    if (keyFault || columns.some((column) => content[column.name] === null)) return;
    onAdd(begun.key, content, begun.shown);
    setValues({});
    setAsked(false);
  };
  const long = columns.some((column) => column.long);
  return (
    <form className={long ? `${styles.add} ${styles.tall}` : styles.add} onSubmit={add} noValidate>
      {keys.map((key, at) => {
        const shared = {
          label: key.label,
          error: asked && keyFault && at === 0 ? badKey : undefined,
          value: keyValue(key),
          onChange: set(key.name),
        };
        if (!key.choices) return <TextField key={key.name} {...shared} maxLength={key.letters} />;
        return (
          <Choice key={key.name} {...shared}>
            {key.choices.map((one) => (
              <option key={one.value} value={one.value}>
                {one.word}
              </option>
            ))}
          </Choice>
        );
      })}
      {columns.map((column) => {
        const Input = column.long ? TextArea : TextField;
        return (
          <Input
            key={column.name}
            label={column.label}
            error={asked && column.read(typed(column)) === null ? column.bad : undefined}
            inputMode={column.long || column.words ? undefined : "decimal"}
            autoComplete="off"
            maxLength={column.letters}
            value={typed(column)}
            onChange={set(column.name)}
          />
        );
      })}
      <Button type="submit" icon="plus">
        {configText.addRow}
      </Button>
    </form>
  );
}
