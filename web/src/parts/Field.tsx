import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from "react";
import { baseText } from "../text/base";
import styles from "./Field.module.css";

interface LabelledProps {
  label: string;
  hint?: string;
  error?: string;
  required?: boolean;
  /** Say that it may stay empty. */
  optional?: boolean;
}

interface FieldProps extends LabelledProps {
  children: (ids: { id: string; "aria-describedby"?: string; "aria-invalid"?: boolean }) => ReactNode;
}

/** A control with its label above and its hint or fault below, tied together for screen readers. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
        {optional && <span className={styles.optional}>{baseText.optional}</span>}
      </label>
      {children({
        id,
        "aria-describedby": note ? `${id}-note` : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {note && (
        <p
          id={`${id}-note`}
          className={error ? styles.error : styles.hint}
          role={error ? "alert" : undefined}
        >
          {note}
        </p>
      )}
    </div>
  );
}

export const inputClass = styles.input ?? "";

type TextFieldProps = LabelledProps & Omit<InputHTMLAttributes<HTMLInputElement>, "id">;

export function TextField({ label, hint, error, optional, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(ids) => <input {...rest} {...ids} className={styles.input} />}
    </Field>
  );
}

type TextAreaProps = LabelledProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "id">;

export function TextArea({ label, hint, error, optional, ...rest }: TextAreaProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(ids) => <textarea rows={3} {...rest} {...ids} className={styles.area} />}
    </Field>
  );
}

type ChoiceProps = LabelledProps & Omit<SelectHTMLAttributes<HTMLSelectElement>, "id">;

/** One of a short list, by the device's own picker. */
export function Choice({ label, hint, error, optional, children, ...rest }: ChoiceProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(ids) => (
        <select {...rest} {...ids} className={styles.select}>
          {children}
        </select>
      )}
    </Field>
  );
}
