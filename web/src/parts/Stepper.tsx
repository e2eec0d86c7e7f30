import type { ReactNode } from "react";
import { Icon } from "./Icon";
import styles from "./Stepper.module.css";

interface StepperProps {
  /** What the buttons at both sides say. */
  less: string;
  more: string;
  onLess: () => void;
  onMore: () => void;
  className?: string;
  /** The field between them. */
  children: ReactNode;
}

/** A figure that can be typed, with big steps to both sides. */
export function Stepper({ less, more, onLess, onMore, className, children }: StepperProps) {
  return (
    <div className={`${styles.stepper} ${className ?? ""}`}>
      <button type="button" aria-label={less} onClick={onLess}>
        <Icon name="minus" size={20} />
      </button>
      {children}
      <button type="button" aria-label={more} onClick={onMore}>
        <Icon name="plus" size={20} />
      </button>
    </div>
  );
}
