import { formatFullDay } from "../../parts/format";
import { quotesText } from "../../text/quotes";
import type { DraftDoc, DraftLine } from "./draftModel";

/** One thing of a draft in which two versions may differ. */
export interface DraftDifference {
  key: string;
  label: string;
  mine: string;
  theirs: string;
}

const told = (line: DraftLine | undefined) =>
  line === undefined ? "" : [`${line.qty} ${line.unit}`, line.note].filter(Boolean).join(" · ");

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
      label: (other ?? own)?.product.name ?? "",
      mine: named(own),
      theirs: named(other),
    };
  });
  return [
    ...lines,
    { key: "validUntil", label: quotesText.validUntil, mine: day(mine), theirs: day(theirs) },
    { key: "notes", label: quotesText.notes, mine: mine.notes, theirs: theirs.notes },
  ];
}

/** The draft of both versions: what is named by `chosen` from mine, all else from theirs. The customer is theirs. */
export function mixed(mine: DraftDoc, theirs: DraftDoc, chosen: ReadonlySet<string>): DraftDoc {
  const lines = lineIds(mine, theirs).flatMap((id) => {
    const from = chosen.has(lineKey(id)) ? mine : theirs;
    return from.lines.filter((line) => line.id === id);
  });
  return {
    customerId: theirs.customerId,
    validUntil: chosen.has("validUntil") ? mine.validUntil : theirs.validUntil,
    notes: chosen.has("notes") ? mine.notes : theirs.notes,
    lines,
  };
}
