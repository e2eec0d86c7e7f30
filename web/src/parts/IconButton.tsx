import type { ButtonHTMLAttributes } from "react";
import { Icon, type IconName } from "./Icon";
import styles from "./IconButton.module.css";

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: IconName;
  label: string;
  quiet?: boolean;
}

/** A button that shows a picture only; its word is read aloud and shown on hover. */
export function IconButton({ icon, label, quiet, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      {...rest}
      aria-label={label}
      className={quiet ? styles.quiet : styles.button}
    >
      <Icon name={icon} size={18} />
    </button>
  );
}
