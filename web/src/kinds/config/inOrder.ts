/** Rows as people expect them, where that is not by their keys; by the signs of what `order` says, as the server does. */
export function inOrder<R extends { key: string }>(rows: readonly R[], order?: (key: string) => string) {
  if (order === undefined) return rows;
  const placed = rows.map((row) => ({ row, place: order(row.key) }));
  placed.sort((one, other) => (one.place < other.place ? -1 : one.place > other.place ? 1 : 0));
  return placed.map(({ row }) => row);
}
