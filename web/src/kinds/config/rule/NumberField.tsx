import { TextField } from "../../../parts/Field";

interface NumberFieldProps {
  label: string;
  value: number;
  onChange: (value: number) => void;
}

/** A whole number, taken when the field is left; what is none stays as it was. */
export function NumberField({ label, value, onChange }: NumberFieldProps) {
  return (
    <TextField
      key={value}
      label={label}
      inputMode="numeric"
      defaultValue={String(value)}
      maxLength={6}
      onBlur={(event) => {
        const typed = event.target.value.trim();
        if (/^\d+$/.test(typed) && Number(typed) !== value) onChange(Number(typed));
        else event.target.value = String(value);
      }}
    />
  );
}
