import type { Quote } from "../../api/types";
import type { Kept } from "../../parts/kept";
import { keptText } from "../../text/kept";
import { type MyChange, mixed, myChanges, reading } from "./draftConflict";
import { type DraftDoc, type DraftLine, docOf, inputOf } from "./draftModel";

export type KeptDraft = Kept<DraftDoc>;

/** What this device kept, laid beside the draft as it stands now. */
export interface KeptBeside {
  /** What was changed here and the draft does not say: nothing of what others changed. */
  changes: MyChange[];
  /** The content of this device, with the costs that the server knows. */
  mine: DraftDoc;
  /** What it was typed on. */
  base: DraftDoc;
  /** The draft of now with every change of this device that nobody else's stands against. */
  merged: DraftDoc;
}

/** On what the content was typed; null where only its version is known, and others went on. */
function groundOf(kept: KeptDraft, quote: Quote, now: DraftDoc): DraftDoc | null {
  // The save before was ours, and only its answer was lost.
  const ours = kept.sent !== undefined && reads(kept.sent, now) === reads(now, now);
  if (ours || kept.version === quote.version) return now;
  return kept.base ? withKnownCosts(kept.base, now) : null;
}

/** Base, mine and now: what was changed here, and where somebody else's change stands against it. */
export function keptBeside(kept: KeptDraft, quote: Quote): KeptBeside {
  const now = docOf(quote);
  const mine = withKnownCosts(kept.content, now);
  const ground = groundOf(kept, quote, now);
  const base = ground ?? now;
  const { name } = quote.customer;
  const named = (doc: DraftDoc) => (doc.customerId === now.customerId ? name : keptText.otherCustomer);
  const said = myChanges(base, mine, now, { mine: named(mine), before: named(base), now: name });
  const changes = ground ? said : said.map((one) => ({ ...one, free: false }));
  const free = new Set(changes.filter((one) => one.free).map(({ key }) => key));
  return { changes, mine, base, merged: mixed(mine, now, free) };
}

/**
 * What is to be done with content of this device when its draft is opened again: nothing, because the server has it;
 * offer it, because nobody else changed the same; or put both side by side, because somebody did.
 */
export function whatToDo(kept: KeptDraft, quote: Quote): "nothing" | "offer" | "compare" {
  const { changes } = keptBeside(kept, quote);
  if (changes.length === 0) return "nothing";
  return changes.every((one) => one.free) ? "offer" : "compare";
}

/** What a draft says, whatever order it is written in. */
const reads = (doc: DraftDoc, server: DraftDoc) => reading(inputOf(withKnownCosts(doc, server)));

/** The changes of this device that can be read, the customer first. */
export function keptDifferences(kept: KeptDraft, quote: Quote): MyChange[] {
  return keptBeside(kept, quote).changes.filter((one) => one.before !== one.mine);
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
