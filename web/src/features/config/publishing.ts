import type { Draft, Item } from "../../api/types";
import { formatMoment, serverNow } from "../../parts/format";
import { configText } from "../../text/config";

/** When what is published now comes into force: at once, or at the moment chosen with the submission. */
export function startOf(draft: Pick<Draft, "effective_at">, now = serverNow()): string {
  const { effective_at } = draft;
  return effective_at === null || effective_at <= now
    ? configText.startsNow
    : configText.startsAt(formatMoment(effective_at));
}

/**
 * What is said once it is published. Only a moment that was chosen can lie ahead: the clocks of browser and server
 * differ by a little, so the moment of publishing itself must not be compared with the browser's.
 */
export function saidOfPublished(
  draft: Pick<Draft, "effective_at" | "published">,
  now = serverNow(),
): string | null {
  const { effective_at, published } = draft;
  if (published === null) return null;
  return effective_at !== null && published.effective_at > now
    ? configText.scheduled(published.n, formatMoment(published.effective_at))
    : configText.published(published.n);
}

/** The newest version of the item, also while it waits for its moment; whose it is, as far as that is known. */
export function headOf(item: Pick<Item, "in_force" | "queued">): { n: number; by: string } | null {
  const queued = item.queued.reduce((highest, one) => Math.max(highest, one.n), 0);
  if (item.in_force && item.in_force.n >= queued)
    return { n: item.in_force.n, by: item.in_force.author.name };
  return queued > 0 ? { n: queued, by: "" } : null;
}
