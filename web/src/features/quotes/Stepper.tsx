import { trimZeros } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { baseText } from "../../text/base";
import { QtyInput } from "./QtyInput";
import styles from "./Stepper.module.css";

const SCALE = 1000n;

/** Quantity plus `step` whole units, exact in thousandths; never below zero. */
export function stepped(qty: string, step: bigint): string {
  const [whole = "0", fraction = ""] = qty.split(".");
  const thousandths = BigInt(whole) * SCALE + BigInt(fraction.padEnd(3, "0")) + step * SCALE;
  if (thousandths <= 0n) return "0";
  return trimZeros(`${thousandths / SCALE}.${String(thousandths % SCALE).padStart(3, "0")}`);
}

interface StepperProps {
  label: string;
  qty: string;
  onChange: (qty: string) => void;
  /** Called instead of going to zero. */
  onZero: () => void;
}

/** A quantity with big steps to both sides; the number itself can be typed. */
export function Stepper({ label, qty, onChange, onZero }: StepperProps) {
  const less = stepped(qty, -1n);
  return (
    <div className={styles.stepper}>
      <button
        type="button"
        aria-label={`${baseText.decrease} ${label}`}
        onClick={() => (less === "0" ? onZero() : onChange(less))}
      >
        <Icon name="minus" size={20} />
      </button>
      <QtyInput label={label} value={qty} onChange={onChange} />
      <button
        type="button"
        aria-label={`${baseText.increase} ${label}`}
        onClick={() => onChange(stepped(qty, 1n))}
      >
        <Icon name="plus" size={20} />
      </button>
    </div>
  );
}
