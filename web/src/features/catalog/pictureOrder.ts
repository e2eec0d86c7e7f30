/** The list with the one at `from` in the place `to`; a place outside changes nothing. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = [...items];
  if (to < 0 || to >= items.length) return rest;
  const [one] = rest.splice(from, 1);
  if (one !== undefined) rest.splice(to, 0, one);
  return rest;
}
