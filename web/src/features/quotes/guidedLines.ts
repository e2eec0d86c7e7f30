/** Which hint the lines need: the first product, then its quantity; done once every line has one. */
export function guidedLines(lines: readonly { qty: string }[]): { step: "product" | "qty"; done: boolean } {
  if (lines.length === 0) return { step: "product", done: false };
  return { step: "qty", done: lines.every((line) => Number(line.qty) > 0) };
}
