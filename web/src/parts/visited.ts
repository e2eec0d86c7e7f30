import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { meQuery } from "../api/session";
import { keep, readKept } from "./deviceStore";

/** A record that a person opened on this device. */
export interface Visited {
  kind: "customer" | "quote" | "order" | "product";
  id: number;
  /** Its name or number. */
  word: string;
  /** What stands beside it: whose it is. */
  detail: string;
}

/** So many are remembered. */
export const VISITED_MAX = 12;

const keyOf = (person: number) => `person ${person} visited`;

/** The list with `one` first and no record twice. */
export const withVisited = (before: readonly Visited[], one: Visited): Visited[] =>
  [one, ...before.filter(({ kind, id }) => kind !== one.kind || id !== one.id)].slice(0, VISITED_MAX);

/** What this person opened last on this device, the newest first; signing out forgets it. */
export const visitedBy = async (person: number): Promise<Visited[]> =>
  (await readKept<Visited[]>(keyOf(person))) ?? [];

/** Remembers that the signed-in person opened this record; not while they look through another's eyes. */
export function useVisited({ kind, id, word, detail }: Visited) {
  const me = useQuery(meQuery).data;
  const person = me && !me.viewing ? me.id : undefined;
  useEffect(() => {
    if (person === undefined) return;
    void visitedBy(person).then((before) =>
      keep(keyOf(person), withVisited(before, { kind, id, word, detail })),
    );
  }, [person, kind, id, word, detail]);
}

/** `useVisited` where the record is known only inside. */
export function Visit(one: Visited) {
  useVisited(one);
  return null;
}
