interface GuidedLines {
  step: "product" | "qty";
  done: boolean;
  /** Every line has a quantity, but one of them still the 1 that it began with. */
  preset: boolean;
}

/** Which hint the lines need: the first product, then its quantity; done once somebody wrote one on every line. */
export function guidedLines(lines: readonly { qty: string }[]): GuidedLines {
  if (lines.length === 0) return { step: "product", done: false, preset: false };
  const filled = lines.every((line) => Number(line.qty) > 0);
  const begun = lines.some((line) => line.qty === "1");
  return { step: "qty", done: filled && !begun, preset: filled && begun };
}
