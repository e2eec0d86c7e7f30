import type { LineProduct } from "../api/types";
import { baseText } from "../text/base";
import { catalogText } from "../text/catalog";
import { trimZeros } from "./format";

type Packed = Pick<LineProduct, "base_unit" | "units">;

interface Ratio {
  over: bigint;
  under: bigint;
}

const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));

/** A factor as the server writes it: "4", "2.5" or "1/3". */
function ratioOf(factor: string): Ratio {
  const [over = "1", under = "1"] = factor.split("/");
  const [whole = "0", fraction = ""] = over.split(".");
  return { over: BigInt(whole + fraction), under: BigInt(under) * 10n ** BigInt(fraction.length) };
}

const factorOf = (product: Packed, unit: string) =>
  product.units.find((one) => one.unit === unit)?.factor ?? "1";

/** "1 箱 = 4 桶"; nothing for the base unit. */
export function packOf(product: Packed, unit: string): string {
  if (unit === product.base_unit) return "";
  return catalogText.factorReads(unit, trimZeros(factorOf(product, unit)), product.base_unit);
}

/** Every larger unit of the product: "1 箱 = 4 桶"; nothing when there is only the base unit. */
export const packsOf = (product: Packed) =>
  product.units
    .map((one) => packOf(product, one.unit))
    .filter(Boolean)
    .join(" · ");

/** How the same number reads after the unit changed from `from` to `to`: "4 倍", "1/4"; nothing when it is as much. */
export function timesOf(product: Packed, from: string, to: string): string {
  const [was, is] = [ratioOf(factorOf(product, from)), ratioOf(factorOf(product, to))];
  const [over, under] = [is.over * was.under, is.under * was.over];
  const common = divisor(over, under);
  if (common === 0n || over === under) return "";
  if (under === common) return baseText.times(String(over / common));
  return `${over / common}/${under / common}`;
}
