/** Rows as people expect them, where that is not by their keys. */
export const inOrder = <R extends { key: string }>(rows: readonly R[], order?: (key: string) => string) =>
  order ? [...rows].sort((one, other) => order(one.key).localeCompare(order(other.key))) : rows;
