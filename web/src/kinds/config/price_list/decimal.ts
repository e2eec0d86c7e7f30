/** Prices as whole ten-thousandths of a yuan, so that every step is exact. */
const PLACES = 4;
const SCALE = 10_000n;

/** "128.5" → 1285000n; the text must be a plain decimal with at most four places. */
export function asUnits(decimal: string): bigint {
  const negative = decimal.startsWith("-");
  const [whole = "", fraction = ""] = (negative ? decimal.slice(1) : decimal).split(".");
  const units = BigInt(whole || "0") * SCALE + BigInt(fraction.padEnd(PLACES, "0").slice(0, PLACES));
  return negative ? -units : units;
}

/** As the server writes a price: at least two decimals, at most four. */
export function asPrice(units: bigint): string {
  const negative = units < 0n;
  const size = negative ? -units : units;
  const fraction = String(size % SCALE).padStart(PLACES, "0");
  const shown = fraction.endsWith("00") ? fraction.slice(0, 2) : fraction.replace(/0+$/, "");
  return `${negative ? "-" : ""}${size / SCALE}.${shown}`;
}

/** The quotient to the nearest whole, a half away from zero; `by` above zero. */
export function divided(value: bigint, by: bigint): bigint {
  const size = value < 0n ? -value : value;
  const whole = (size * 2n + by) / (by * 2n);
  return value < 0n ? -whole : whole;
}

/** Tenths of a percent as the server writes them: "+3.2", "-0.5". */
const tenths = (count: bigint) => {
  const size = count < 0n ? -count : count;
  return `${count < 0n ? "-" : "+"}${size / 10n}.${size % 10n}`;
};

/** By how many percent a price moves; null from zero. */
export function percentBetween(before: string, after: string): string | null {
  const was = asUnits(before);
  return was === 0n ? null : tenths(divided((asUnits(after) - was) * 1000n, was));
}

/** The average of single percents, every row counting alike; null of none. */
export function averagePercent(pairs: readonly (readonly [bigint, bigint])[]): string | null {
  const steps = pairs.filter(([was]) => was > 0n).map(([was, now]) => ((now - was) * 1_000_000n) / was);
  if (steps.length === 0) return null;
  const sum = steps.reduce((total, step) => total + step, 0n);
  return tenths(divided(sum, BigInt(steps.length) * 1000n));
}
