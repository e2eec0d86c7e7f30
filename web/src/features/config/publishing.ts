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

/** The version on which a draft goes on, while that waits for its moment: its prices are not those of today. */
export function waitingBase(
  draft: Pick<Draft, "base_n">,
  item: Pick<Item, "queued"> | undefined,
): Item["queued"][number] | null {
  return item?.queued.find(({ n }) => n === draft.base_n) ?? null;
}

/** The last version that waits for its moment and would be overtaken by one that begins at `start`, null at once. */
export function overtaken(
  item: Pick<Item, "queued"> | undefined,
  start: number | null,
): Item["queued"][number] | null {
  const ahead = item?.queued.filter((one) => start === null || one.effective_at >= start) ?? [];
  return ahead.reduce<Item["queued"][number] | null>(
    (last, one) => (last && last.effective_at >= one.effective_at ? last : one),
    null,
  );
}

/** Why a draft is to take the newest version in: one was published meanwhile, or the one it goes on from is gone. */
export function saidOfBehind(
  { base_n, actions, author }: Pick<Draft, "base_n" | "actions" | "author">,
  head: { n: number; by: string },
): string {
  const mine = actions.includes("rebase");
  if (base_n !== null && base_n > head.n) {
    const next = mine ? configText.baseGoneMine : configText.baseGoneOthers(author.name);
    return `${configText.baseGone(base_n, head.n)}${next}`;
  }
  return mine
    ? configText.behindMine(head.n, head.by)
    : configText.behindOthers(head.n, head.by, author.name);
}
