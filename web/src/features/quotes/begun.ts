import type { Begun } from "../../parts/kept";

/** The server remembers keys for a week; a day later nobody waits for the quotation any more. */
const OFFERED_MS = 86_400_000;

/** Whether a beginning whose answer never came is still worth going on with. */
export const stillOffered = (known: Begun | undefined, now: number): known is Begun =>
  known !== undefined && now - known.at < OFFERED_MS;

/** What is sent to begin for this customer: the same as before where its answer never came, so that it is made once. */
export function begunFor(
  known: Begun | undefined,
  customerId: number,
  customerName: string,
  key: string,
  now: number,
): Begun {
  if (stillOffered(known, now) && known.customerId === customerId) return known;
  return { key, customerId, customerName, at: now };
}
