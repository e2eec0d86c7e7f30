import type { PricedLine, Quote } from "../../api/types";

/** One product in every alternative; null where it is not offered. */
export interface SideRow {
  key: string;
  name: string;
  cells: (PricedLine | null)[];
}

const keyOf = (line: PricedLine) =>
  line.product.id > 0 ? `${line.product.id} ${line.unit}` : `${line.product.name} ${line.unit}`;

/** The lines of several quotations beside each other: the same goods in one row, in the order in which they first stand. */
export function sideBySide(quotes: Pick<Quote, "lines">[]): SideRow[] {
  const rows = new Map<string, SideRow>();
  for (const [at, quote] of quotes.entries()) {
    const met = new Map<string, number>();
    for (const line of quote.lines) {
      const nth = (met.get(keyOf(line)) ?? 0) + 1;
      met.set(keyOf(line), nth);
      const key = `${keyOf(line)} ${nth}`;
      const row = rows.get(key) ?? { key, name: line.product.name, cells: quotes.map(() => null) };
      row.cells[at] = line;
      rows.set(key, row);
    }
  }
  return [...rows.values()];
}
