import type { Quote } from "../../api/types";
import type { Kept } from "../../parts/kept";
import { keptText } from "../../text/kept";
import { type DraftDifference, differencesOf } from "./draftConflict";
import { type DraftDoc, type DraftLine, docOf, inputOf } from "./draftModel";

export type KeptDraft = Kept<DraftDoc>;

/**
 * What is to be done with content of this device when its draft is opened again: nothing, because the server has it;
 * offer it, because the draft is as it was when it was typed; or put both side by side, because others went on.
 */
export function whatToDo(kept: KeptDraft, quote: Quote): "nothing" | "offer" | "compare" {
  const now = docOf(quote);
  if (reads(kept.content, now) === reads(now, now)) return "nothing";
  if (kept.version === quote.version) return "offer";
  // The save before was ours, and only its answer was lost.
  const ours = kept.sent !== undefined && reads(kept.sent, now) === reads(now, now);
  return ours ? "offer" : "compare";
}

/** What a draft says, in one order: absent, null and empty are the same. */
const reads = (doc: DraftDoc, server: DraftDoc) =>
  JSON.stringify(inputOf(withKnownCosts(doc, server)), (_, value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    const said = Object.entries(value).filter(([, one]) => one !== null && one !== undefined && one !== "");
    return Object.fromEntries(said.sort(([one], [other]) => (one < other ? -1 : 1)));
  });

/** In what the content of this device differs from the draft, worst first: another customer changes every price. */
export function keptDifferences(kept: KeptDraft, quote: Quote): DraftDifference[] {
  const now = docOf(quote);
  const rows = differencesOf(withKnownCosts(kept.content, now), now).filter((one) => one.mine !== one.theirs);
  if (kept.content.customerId === now.customerId) return rows;
  const other = { key: "customer", label: keptText.customer, mine: keptText.otherCustomer };
  return [{ ...other, theirs: quote.customer.name }, ...rows];
}

const costsOf = (doc: DraftDoc) => new Map(doc.lines.map((line) => [line.id, line.own?.cost ?? undefined]));

const withCosts = (doc: DraftDoc, costOf: (line: DraftLine) => string | undefined): DraftDoc => ({
  ...doc,
  lines: doc.lines.map((line) => {
    if (!line.own) return line;
    const { cost: _, ...own } = line.own;
    const cost = costOf(line);
    return { ...line, own: cost === undefined ? own : { ...own, cost } };
  }),
});

/** Without the costs that the server has: on the device lies only what was typed and not yet saved. */
export function withoutKnownCosts(doc: DraftDoc, server: DraftDoc): DraftDoc {
  const known = costsOf(server);
  return withCosts(doc, (line) => {
    const cost = line.own?.cost ?? undefined;
    return cost === known.get(line.id) ? undefined : cost;
  });
}

/** With the costs that the server has where none was typed. */
export function withKnownCosts(doc: DraftDoc, server: DraftDoc): DraftDoc {
  const known = costsOf(server);
  return withCosts(doc, (line) => line.own?.cost ?? known.get(line.id));
}
