import { useState } from "react";
import type { Column } from "./RecordList";

/** A list's columns in their order; the server's names are its keys, so that tsc names one that is missing or unknown. */
export const columnsOf = <Key extends string, Row>(columns: Record<Key, Omit<Column<Row>, "key">>) =>
  Object.entries<Omit<Column<Row>, "key">>(columns).map(([key, column]): Column<Row> => ({ key, ...column }));

/** The columns that a person chose for a list on this device; what is no longer known is left out. */
export function useColumns<Row>(list: string, all: Column<Row>[], usual: string[]) {
  const place = `columns ${list}`;
  const [keys, setKeys] = useState<string[]>(() => readKeys(place) ?? usual);
  const known = keys.filter((key) => all.some((column) => column.key === key));
  const chosen = known.length > 0 ? known : usual;
  const choose = (columns: string[]) => {
    setKeys(columns);
    try {
      window.localStorage.setItem(place, JSON.stringify(columns));
    } catch {
      // A browser that keeps nothing still shows what was chosen, until the page is closed.
    }
  };
  return { chosen, choose, columns: chosen.flatMap((key) => all.filter((column) => column.key === key)) };
}

function readKeys(place: string): string[] | null {
  try {
    const kept: unknown = JSON.parse(window.localStorage.getItem(place) ?? "null");
    return Array.isArray(kept) && kept.every((key) => typeof key === "string") ? kept : null;
  } catch {
    return null;
  }
}

/** What stands in the link, as it is kept and sent: texts only, nothing that was not asked. */
export const asTexts = (filters: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filters)
      .filter(([, value]) => value !== undefined && value !== "")
      .map(([key, value]) => [key, String(value)]),
  );
