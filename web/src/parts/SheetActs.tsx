import { baseText } from "../text/base";
import { Button, type ButtonProps } from "./Button";

interface SheetActsProps extends ButtonProps {
  onClose: () => void;
  /** The word of the way out. */
  out?: string;
}

/** At the bottom of a sheet: the way out, and the button that does what the sheet is for. */
export function SheetActs({ onClose, out = baseText.cancel, look = "primary", ...act }: SheetActsProps) {
  return (
    <>
      <Button onClick={onClose}>{out}</Button>
      <Button {...act} look={look} />
    </>
  );
}
