/** "-0.05" → -5n: an amount in yuan with two decimals as whole fen, so that every step is exact. */
export const asFen = (yuan: string) =>
  BigInt(yuan.startsWith("-") ? -1 : 1) * BigInt(yuan.replace(/[-.]/g, ""));

/** -5n → "-0.05": as the server writes an amount. */
export function asYuan(fen: bigint): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, "0");
  return `${fen < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** "31.2075" → "31.21": a price of up to four decimals, rounded to the fen as the server rounds. */
export function roundedToFen(price: string): string {
  const [whole = "0", fraction = ""] = price.split(".");
  return asYuan((BigInt(`${whole}${fraction.padEnd(4, "0")}`) + 50n) / 100n);
}
