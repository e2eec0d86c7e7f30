import { useRef, useState } from "react";
import { client, read } from "../../api/client";
import { randomKey } from "../../api/ids";
import { asProblem } from "../../api/problem";
import { addScanned, type Hit, hitsOf, spellings } from "./codes";
import type { DraftDoc } from "./draftModel";
import type { ChangeDraft } from "./useQuoteDraft";

const SHOWN = 20;

/** What became of the code that was scanned last. */
export type Scanned =
  | { kind: "looking"; code: string }
  | { kind: "added"; code: string; hit: Hit; qty: string }
  | { kind: "several"; code: string; hits: Hit[] }
  | { kind: "unknown"; code: string }
  | { kind: "failed"; code: string; message: string };

/** Every product that bears the code, however it is written. */
export async function findByCode(code: string, customer: number): Promise<Hit[]> {
  for (const q of spellings(code)) {
    const found = await read(
      client.GET("/api/products", { params: { query: { q, customer, limit: SHOWN } } }),
    );
    const hits = hitsOf(found.items, code);
    if (hits.length > 0) return hits;
  }
  return [];
}

/** Looks scanned codes up, one after the other in the order in which they came, and adds what they stand for. */
export function useScanned(doc: DraftDoc, change: ChangeDraft) {
  const [last, setLast] = useState<Scanned | null>(null);
  const newest = useRef(doc);
  newest.current = doc;
  const line = useRef<Promise<void>>(Promise.resolve());
  const add = (code: string, hit: Hit) => {
    const qty = addScanned(newest.current, hit, randomKey(), change);
    navigator.vibrate?.(60);
    setLast({ kind: "added", code, hit, qty });
  };
  const lookUp = async (code: string) => {
    setLast({ kind: "looking", code });
    try {
      const hits = await findByCode(code, newest.current.customerId);
      const [only] = hits;
      if (only && hits.length === 1) add(code, only);
      else setLast(only ? { kind: "several", code, hits } : { kind: "unknown", code });
    } catch (error) {
      setLast({ kind: "failed", code, message: asProblem(error).message });
    }
  };
  const scan = (code: string) => {
    line.current = line.current.then(() => lookUp(code));
  };
  return { last, scan, choose: add, dismiss: () => setLast(null) };
}
