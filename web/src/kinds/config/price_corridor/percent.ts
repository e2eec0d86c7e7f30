import { asDecimal, trimZeros } from "../../../parts/format";

const MOST = 1000;

/** A share in percent, or null when it is none. */
export const asPercent = (text: string) => {
  const percent = asDecimal(text, 2);
  return percent !== null && Number(percent) <= MOST ? trimZeros(percent) : null;
};
