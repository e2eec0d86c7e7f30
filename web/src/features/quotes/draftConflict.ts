import { formatFullDay } from "../../parts/format";
import { termsRead } from "../../parts/termsRead";
import { agreeingText } from "../../text/agreeing";
import { baseText } from "../../text/base";
import { keptText } from "../../text/kept";
import { quotesText } from "../../text/quotes";
import { type DraftDoc, type DraftLine, inputOf } from "./draftModel";

/** One thing of a draft in which two versions may differ. */
export interface DraftDifference {
  key: string;
  label: string;
  mine: string;
  theirs: string;
}

/** A price or a discount by hand, as "减几个点 5"; nothing when the system's price stands. */
function byHand(set: Partial<Record<keyof typeof agreeingText.ways, string | null>> | undefined): string {
  const said = (["unit_price", "percent_off", "amount_off"] as const).filter((way) => set?.[way]);
  return said.map((way) => `${agreeingText.ways[way]} ${set?.[way]}`).join(" · ");
}

const told = (line: DraftLine | undefined) =>
  line === undefined
    ? ""
    : [`${line.qty} ${line.unit}`, byHand(line.manual), line.own?.price, line.group, line.note]
        .filter(Boolean)
        .join(" · ");

const toldTerms = (doc: DraftDoc) =>
  termsRead(doc.terms)
    .map(({ label, value }) => baseText.pair(label, value))
    .join(baseText.between);

const toldWhole = (doc: DraftDoc) =>
  [byHand(doc.whole), doc.whole?.rounding && `${agreeingText.rounding} ${doc.whole.rounding}`]
    .filter(Boolean)
    .join(" · ");

/** Goods of one name are told apart by what is written on them. */
const labelOf = (product: DraftLine["product"] | undefined) =>
  [product?.name, product?.spec].filter(Boolean).join(" ");

const lineKey = (id: string) => `line ${id}`;

/** Lines of both, those of the other version first, in their order. */
const lineIds = (mine: DraftDoc, theirs: DraftDoc) => [
  ...new Set([...theirs.lines, ...mine.lines].map(({ id }) => id)),
];

/** Everything in which two versions of a draft may differ, line by line. */
export function differencesOf(mine: DraftDoc, theirs: DraftDoc): DraftDifference[] {
  const day = (doc: DraftDoc) => (doc.validUntil === null ? "" : formatFullDay(doc.validUntil));
  const lines = lineIds(mine, theirs).map((id) => {
    const own = mine.lines.find((line) => line.id === id);
    const other = theirs.lines.find((line) => line.id === id);
    const swapped = own && other && own.product.id !== other.product.id;
    const named = (line: DraftLine | undefined) =>
      swapped && line ? `${line.product.name} ${told(line)}` : told(line);
    return {
      key: lineKey(id),
      label: labelOf((other ?? own)?.product),
      mine: named(own),
      theirs: named(other),
    };
  });
  return [
    ...lines,
    { key: "validUntil", label: quotesText.validUntil, mine: day(mine), theirs: day(theirs) },
    { key: "notes", label: quotesText.notes, mine: mine.notes, theirs: theirs.notes },
    { key: "terms", label: agreeingText.terms, mine: toldTerms(mine), theirs: toldTerms(theirs) },
    { key: "whole", label: agreeingText.whole, mine: toldWhole(mine), theirs: toldWhole(theirs) },
  ];
}

/** Something that I changed, and what it says in the draft of now. */
export interface MyChange extends DraftDifference {
  /** What it said when I changed it. */
  before: string;
  /** Nobody else changed it meanwhile: it goes back in without asking. */
  free: boolean;
}

/** What is written there, in one order: absent, null and empty are the same. */
export const reading = (value: unknown) =>
  JSON.stringify(value ?? null, (_, inner) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    const said = Object.entries(inner).filter(([, one]) => one !== null && one !== undefined && one !== "");
    return Object.fromEntries(said.sort(([one], [other]) => (one < other ? -1 : 1)));
  });

/** What a draft says under each key of its differences. */
function partsOf(doc: DraftDoc): Map<string, string> {
  const { lines = [], customer_id, valid_until, notes, terms, whole } = inputOf(doc);
  return new Map([
    ["customer", reading(customer_id)],
    ["validUntil", reading(valid_until)],
    ["notes", reading(notes)],
    ["terms", reading(terms ?? {})],
    ["whole", reading(whole ?? {})],
    ...lines.map((line) => [lineKey(line.id ?? ""), reading(line)] as const),
  ]);
}

/**
 * What I changed since `base` and the draft of now does not say, the customer first: another one changes every price.
 * What only others changed is not among it.
 */
export function myChanges(
  base: DraftDoc,
  mine: DraftDoc,
  now: DraftDoc,
  customers: { mine: string; before: string; now: string },
): MyChange[] {
  const [first, own, last] = [partsOf(base), partsOf(mine), partsOf(now)];
  const before = new Map(differencesOf(mine, base).map((row) => [row.key, row.theirs]));
  before.set("customer", customers.before);
  const label = keptText.customer;
  const rows = [
    { key: "customer", label, mine: customers.mine, theirs: customers.now },
    ...differencesOf(mine, now),
  ];
  return rows
    .filter(({ key }) => own.get(key) !== first.get(key) && own.get(key) !== last.get(key))
    .map((row) => ({
      ...row,
      before: before.get(row.key) ?? "",
      free: first.get(row.key) === last.get(row.key),
    }));
}

/** The draft of both versions: what is named by `chosen` from mine, all else from theirs. */
export function mixed(mine: DraftDoc, theirs: DraftDoc, chosen: ReadonlySet<string>): DraftDoc {
  const lines = lineIds(mine, theirs).flatMap((id) => {
    const from = chosen.has(lineKey(id)) ? mine : theirs;
    return from.lines.filter((line) => line.id === id);
  });
  return {
    customerId: chosen.has("customer") ? mine.customerId : theirs.customerId,
    validUntil: chosen.has("validUntil") ? mine.validUntil : theirs.validUntil,
    notes: chosen.has("notes") ? mine.notes : theirs.notes,
    lines,
    terms: chosen.has("terms") ? mine.terms : theirs.terms,
    whole: chosen.has("whole") ? mine.whole : theirs.whole,
  };
}
