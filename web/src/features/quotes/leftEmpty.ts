import { client, ifMatch, read } from "../../api/client";
import type { Quote } from "../../api/types";
import { serverNow } from "../../parts/format";
import { pastedKept } from "../../parts/kept";
import type { SaverStatus } from "./DraftSaver";
import { type DraftDoc, docOf } from "./draftModel";

/** Drafts that were begun since this page was loaded: of any other somebody may know, so it stays as it is. */
const begunHere = new Set<number>();

export const begunNow = (id: number) => void begunHere.add(id);

/** Whether nobody has put anything into it but for whom it is. */
const isBlank = ({ lines, notes, validUntil, terms, whole }: DraftDoc) =>
  lines.length === 0 && notes.trim() === "" && validUntil === null && !terms && !whole;

/** What is known of a draft when it is left. */
export interface Left {
  doc: DraftDoc;
  status: Pick<SaverStatus, "state" | "quote">;
  /** Another tab has it open. */
  otherTab: boolean;
}

/** Whether a draft that is left was begun a moment ago and is still empty, with nothing on its way. */
export const leavesNothing = ({ doc, status, otherTab }: Left): boolean =>
  begunHere.has(status.quote.id) && status.state === "saved" && !otherTab && isBlank(doc);

/**
 * Deletes a draft that was left empty; whether it is gone. It stays when the server has anything in it, when pasted
 * lines wait for it on this device, and when the network is away.
 */
export async function dropEmpty(person: number, { id, version }: Quote): Promise<boolean> {
  try {
    if ((await pastedKept(person, id, serverNow())).length > 0) return false;
    const path = { params: { path: { id } } };
    const now = await read(client.GET("/api/quotes/{id}", path));
    const own = now.actions.includes("delete") && !now.ask && !now.taken_by;
    if (!own || now.version !== version || !isBlank(docOf(now))) return false;
    await read(client.DELETE("/api/quotes/{id}", { ...path, ...ifMatch(version) }));
    begunHere.delete(id);
    return true;
  } catch {
    return false;
  }
}
