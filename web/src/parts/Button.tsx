import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./Button.module.css";
import { Icon, type IconName } from "./Icon";

export type ButtonLook = "primary" | "plain" | "text" | "danger" | "amber";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: ButtonLook;
  icon?: IconName;
  busy?: boolean;
  block?: boolean;
  small?: boolean;
  children: ReactNode;
}

export const buttonClass = (look: ButtonLook = "plain", block = false, small = false) =>
  [styles.button, styles[look], block && styles.block, small && styles.small].filter(Boolean).join(" ");

/** A button with a word; while `busy` it keeps its width, and the second half of a double click does nothing. */
export function Button({
  look = "plain",
  icon,
  busy = false,
  block,
  small,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      onClick={onClick && ((event) => event.detail < 2 && onClick(event))}
      className={buttonClass(look, block, small)}
      data-look={look}
      aria-busy={busy}
      disabled={rest.disabled || busy}
    >
      {busy ? <span className={styles.busy} /> : icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
    </button>
  );
}
