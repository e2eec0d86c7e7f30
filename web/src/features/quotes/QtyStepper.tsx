import { trimZeros } from "../../parts/format";
import { Stepper } from "../../parts/Stepper";
import { baseText } from "../../text/base";
import { QtyInput } from "./QtyInput";

const SCALE = 1000n;

/** Quantity plus `step` whole units, exact in thousandths; never below zero. */
export function stepped(qty: string, step: bigint): string {
  const [whole = "0", fraction = ""] = qty.split(".");
  const thousandths = BigInt(whole) * SCALE + BigInt(fraction.padEnd(3, "0")) + step * SCALE;
  if (thousandths <= 0n) return "0";
  return trimZeros(`${thousandths / SCALE}.${String(thousandths % SCALE).padStart(3, "0")}`);
}

interface QtyStepperProps {
  label: string;
  qty: string;
  onChange: (qty: string) => void;
  /** Called instead of going to zero. */
  onZero: () => void;
}

/** A quantity in steps of whole units. */
export function QtyStepper({ label, qty, onChange, onZero }: QtyStepperProps) {
  const less = stepped(qty, -1n);
  return (
    <Stepper
      less={`${baseText.decrease} ${label}`}
      more={`${baseText.increase} ${label}`}
      onLess={() => (less === "0" ? onZero() : onChange(less))}
      onMore={() => onChange(stepped(qty, 1n))}
    >
      <QtyInput label={label} value={qty} onChange={onChange} />
    </Stepper>
  );
}
