/** Where the quantity break stands in a key: behind goods and unit. */
const BREAK = 2;

/** In the order of the keys, the quantity breaks of one product as numbers: 200 before 1000. */
export const breakOrder = (key: string) =>
  key
    .split("|")
    .map((piece, at) => (at === BREAK ? piece.replace(/^\d+/, (whole) => whole.padStart(12, "0")) : piece))
    .join("|");
