import { forget, forgetAllBut, keep, readKept, readKeptUnder } from "./deviceStore";
import { THIS_TAB } from "./tabs";

/** What one person typed on this device and the server does not have yet. */
export interface Kept<Content> {
  person: number;
  quote: number;
  /** Each tab keeps its own, so that two never write over each other. */
  tab: string;
  /** The version of the server that it was typed on. */
  version: number;
  /** When it was typed last, in milliseconds since 1970 by this device. */
  at: number;
  /** For whom the quotation is, and its number if it has one. */
  title: string;
  content: Content;
  /** What stood on the server then: against it one sees what was changed here. */
  base?: Content;
  /** What was sent on that version without an answer so far: if it stands on the server, nobody else was first. */
  sent?: Content;
}

/** Longer nobody remembers what it was. */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

const underPerson = (person: number) => `person ${person} `;
const underQuote = (person: number, quote: number) => `${underPerson(person)}quote ${quote} `;
const keyOf = (kept: Pick<Kept<unknown>, "person" | "quote" | "tab">) =>
  underQuote(kept.person, kept.quote) + kept.tab;
const begunKey = (person: number) => `${underPerson(person)}begun`;

export const putKept = (kept: Omit<Kept<unknown>, "tab">) => {
  const mine = { ...kept, tab: THIS_TAB };
  return keep(keyOf(mine), mine);
};

/** Back under the tab that typed it. */
export const putBack = (kept: Kept<unknown>) => keep(keyOf(kept), kept);

export const dropKept = (kept: Pick<Kept<unknown>, "person" | "quote" | "tab">) => forget(keyOf(kept));

export const dropMine = (person: number, quote: number) => dropKept({ person, quote, tab: THIS_TAB });

/** What is still worth offering: of this person, of tabs that are not open any more, not too old; the newest first. */
export function leftBehind<Content>(
  all: readonly Kept<Content>[],
  person: number,
  open: ReadonlySet<string>,
  now: number,
): Kept<Content>[] {
  return all
    .filter((one) => one.person === person && !open.has(one.tab) && now - one.at < KEPT_DAYS * DAY_MS)
    .sort((one, other) => other.at - one.at);
}

export const keptOfQuote = <Content>(person: number, quote: number) =>
  readKeptUnder<Kept<Content>>(underQuote(person, quote));

export const keptOf = <Content>(person: number) =>
  readKeptUnder<Kept<Content>>(`${underPerson(person)}quote `);

/** What another person left on this device is nobody's business here. */
export const forgetOthers = (person: number) => forgetAllBut(underPerson(person));

/** A quotation whose beginning was sent, and nobody knows whether it arrived. */
export interface Begun {
  /** The key under which it was sent: sent again under it, it is made once. */
  key: string;
  customerId: number;
  customerName: string;
  at: number;
}

export const putBegun = (person: number, begun: Begun) => keep(begunKey(person), begun);
export const dropBegun = (person: number) => forget(begunKey(person));
export const readBegun = async (person: number): Promise<Begun | undefined> =>
  (await readKeptUnder<Begun>(begunKey(person)))[0];

/** Pasted lines of a draft that nobody has decided about yet. */
export interface KeptPasted<Line> {
  at: number;
  lines: Line[];
}

const pastedKey = (person: number, quote: number) => `${underPerson(person)}pasted ${quote}`;

/** The lines that are still worth showing: none when they are too old. */
export const stillPasted = <Line>(kept: KeptPasted<Line> | undefined, now: number): Line[] =>
  kept !== undefined && now - kept.at < KEPT_DAYS * DAY_MS ? kept.lines : [];

/** Keeps the open pasted lines of a draft on this device; none: forgets them. */
export const keepPasted = <Line>(person: number, quote: number, lines: Line[], at: number) =>
  lines.length === 0
    ? forget(pastedKey(person, quote))
    : keep(pastedKey(person, quote), { at, lines } satisfies KeptPasted<Line>);

export const pastedKept = async <Line>(person: number, quote: number, now: number): Promise<Line[]> =>
  stillPasted(await readKept<KeptPasted<Line>>(pastedKey(person, quote)), now);
