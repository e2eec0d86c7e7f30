import { useEffect, useRef } from "react";
import type { Quote } from "../../api/types";
import { ConflictSheet } from "../../parts/ConflictSheet";
import { toast } from "../../parts/toast";
import { keptText } from "../../text/kept";
import { mixed, myChanges } from "./draftConflict";
import { type DraftDoc, docOf } from "./draftModel";

interface OvertakenDraftProps {
  current: Quote;
  changedBy: string | null;
  /** What mine was typed on. */
  base: DraftDoc;
  mine: DraftDoc;
  onSettle: (current: Quote, doc: DraftDoc) => void;
}

/**
 * Somebody else saved first. What only one of both changed stands as it was changed; only where both changed the same,
 * one is asked.
 */
export function OvertakenDraft({ current, changedBy, base, mine, onSettle }: OvertakenDraftProps) {
  const now = docOf(current);
  const { name } = current.customer;
  const named = (doc: DraftDoc) => (doc.customerId === now.customerId ? name : keptText.otherCustomer);
  const changes = myChanges(base, mine, now, { mine: named(mine), before: named(base), now: name });
  const asked = changes.filter((one) => !one.free);
  const free = changes.filter((one) => one.free).map(({ key }) => key);
  const take = (chosen: Iterable<string>) =>
    onSettle(current, mixed(mine, now, new Set([...free, ...chosen])));
  const joined = useRef(() => {});
  joined.current = () => {
    take([]);
    toast(keptText.joined(changedBy));
  };
  const clear = asked.length === 0;
  useEffect(() => {
    if (clear) joined.current();
  }, [clear]);
  if (clear) return null;
  return (
    <ConflictSheet
      changedBy={changedBy}
      rows={asked}
      onChoose={take}
      onMine={() => take(asked.map(({ key }) => key))}
      onTheirs={() => take([])}
    />
  );
}
