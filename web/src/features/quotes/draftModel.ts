import type {
  LineManual,
  LineOwn,
  LineProduct,
  PricedLine,
  ProductRow,
  Quote,
  QuoteDraft,
  QuoteTerms,
  QuoteWhole,
} from "../../api/types";
import { trimZeros } from "../../parts/format";
import { joined } from "./twins";

/** A line as the person fills it: always with a product, a quantity that is a number, and a unit of that product. */
export interface DraftLine {
  id: string;
  product: LineProduct;
  qty: string;
  unit: string;
  note: string;
  /** A price set by hand. */
  manual?: LineManual;
  /** The room or building part. */
  group?: string;
  /** Goods or a service outside the catalogue; `product` then only carries its name. */
  own?: LineOwn;
}

/** What the person decides; prices are not among it. */
export interface DraftDoc {
  customerId: number;
  validUntil: string | null;
  notes: string;
  lines: DraftLine[];
  terms?: QuoteTerms;
  whole?: QuoteWhole;
}

export interface History {
  doc: DraftDoc;
  past: DraftDoc[];
  future: DraftDoc[];
  /** The field last typed into, so that its keystrokes are undone together. */
  typing?: string;
}

export type Change =
  | { kind: "add"; id: string; product: ProductRow | LineProduct; qty?: string; unit?: string }
  | { kind: "addMany"; lines: DraftLine[] }
  | { kind: "swap"; id: string; product: ProductRow | LineProduct; unit?: string }
  | { kind: "qty"; id: string; qty: string }
  | { kind: "unit"; id: string; unit: string }
  | { kind: "note"; id: string; note: string }
  | { kind: "line"; id: string; patch: Partial<Omit<DraftLine, "id">> }
  | { kind: "own"; line: DraftLine }
  | { kind: "terms"; terms: QuoteTerms }
  | { kind: "whole"; whole: QuoteWhole }
  | { kind: "remove"; id: string }
  | { kind: "join"; ids: readonly string[] }
  | { kind: "notes"; notes: string }
  | { kind: "validUntil"; day: string | null }
  | { kind: "customer"; customerId: number }
  | { kind: "replace"; doc: DraftDoc }
  | { kind: "restore"; doc: DraftDoc }
  | { kind: "undo" }
  | { kind: "redo" };

const UNDO_STEPS = 100;

export const asLineProduct = (product: ProductRow | LineProduct): LineProduct => ({
  id: product.id,
  code: product.code,
  name: product.name,
  spec: product.spec,
  base_unit: product.base_unit,
  units: product.units,
  tax_rate: product.tax_rate,
  customer_code: product.customer_code,
});

/** What carries the name of goods outside the catalogue. */
export const ownProduct = (own: LineOwn, unit: string): LineProduct => ({
  id: 0,
  code: "",
  name: own.name,
  spec: own.spec ?? "",
  base_unit: unit,
  units: [{ unit, factor: "1" }],
  tax_rate: own.tax_rate ?? "13",
  customer_code: null,
});

const said = <T extends object>(terms: T | undefined): T | undefined =>
  terms && Object.values(terms).some((value) => value !== null && value !== undefined && value !== "")
    ? terms
    : undefined;

export const docOf = (quote: Quote): DraftDoc => ({
  customerId: quote.customer.id,
  validUntil: quote.valid_until_chosen ? quote.valid_until : null,
  notes: quote.notes,
  lines: quote.lines.map((line) => ({
    id: line.id,
    product: line.product,
    qty: trimZeros(line.qty),
    unit: line.unit,
    note: line.note,
    manual: line.manual ?? undefined,
    group: line.group || undefined,
    own: line.own ?? undefined,
  })),
  terms: said(quote.terms),
  whole: said(quote.whole),
});

export const inputOf = (doc: DraftDoc): QuoteDraft => ({
  customer_id: doc.customerId,
  valid_until: doc.validUntil,
  notes: doc.notes,
  lines: doc.lines.map((line) => ({
    id: line.id,
    product_id: line.product.id,
    qty: line.qty,
    unit: line.unit,
    note: line.note,
    manual: line.manual,
    group: line.group,
    own: line.own,
  })),
  terms: doc.terms,
  whole: doc.whole,
});

export const sameDoc = (one: DraftDoc, other: DraftDoc) =>
  JSON.stringify(inputOf(one)) === JSON.stringify(inputOf(other));

/** Whether the server's figures belong to what stands in the line now. */
export const isCurrent = (line: DraftLine, priced: PricedLine | undefined) =>
  priced !== undefined &&
  priced.product.id === line.product.id &&
  trimZeros(priced.qty) === trimZeros(line.qty) &&
  priced.unit === line.unit &&
  sameManual(priced.manual, line.manual) &&
  (line.own === undefined || plain(priced.own?.price) === plain(line.own.price));

const plain = (figure: string | null | undefined) => (figure ? trimZeros(figure) : "");

const sameManual = (one: LineManual | null | undefined, other: LineManual | null | undefined) =>
  plain(one?.unit_price) === plain(other?.unit_price) &&
  plain(one?.percent_off) === plain(other?.percent_off) &&
  plain(one?.amount_off) === plain(other?.amount_off);

export const startHistory = (doc: DraftDoc): History => ({ doc, past: [], future: [] });

const patchLine = (doc: DraftDoc, id: string, patch: (line: DraftLine) => DraftLine): DraftDoc => ({
  ...doc,
  lines: doc.lines.map((line) => (line.id === id ? patch(line) : line)),
});

const swapped = (line: DraftLine, product: LineProduct, asked?: string): DraftLine => {
  const unit = asked ?? line.unit;
  return {
    ...line,
    product,
    own: undefined,
    manual: undefined,
    unit: product.units.some((one) => one.unit === unit) ? unit : product.base_unit,
  };
};

function changed(doc: DraftDoc, change: Change): DraftDoc {
  switch (change.kind) {
    case "add": {
      const product = asLineProduct(change.product);
      const line = {
        id: change.id,
        product,
        qty: change.qty ?? "1",
        unit: change.unit ?? product.base_unit,
        note: "",
      };
      return { ...doc, lines: [...doc.lines, line] };
    }
    case "addMany":
      return { ...doc, lines: [...doc.lines, ...change.lines] };
    case "swap":
      return patchLine(doc, change.id, (line) => swapped(line, asLineProduct(change.product), change.unit));
    case "qty":
      return patchLine(doc, change.id, (line) => ({ ...line, qty: change.qty }));
    case "unit":
      return patchLine(doc, change.id, (line) => ({ ...line, unit: change.unit }));
    case "note":
      return patchLine(doc, change.id, (line) => ({ ...line, note: change.note }));
    case "line":
      return patchLine(doc, change.id, (line) => ({ ...line, ...change.patch }));
    case "own":
      return { ...doc, lines: [...doc.lines, change.line] };
    case "terms":
      return { ...doc, terms: said(change.terms) };
    case "whole":
      return { ...doc, whole: said(change.whole) };
    case "remove":
      return { ...doc, lines: doc.lines.filter((line) => line.id !== change.id) };
    case "join":
      return { ...doc, lines: joined(doc.lines, change.ids) };
    case "notes":
      return { ...doc, notes: change.notes };
    case "validUntil":
      return { ...doc, validUntil: change.day };
    case "customer":
      return { ...doc, customerId: change.customerId };
    case "replace":
    case "restore":
      return change.doc;
    default:
      return doc;
  }
}

/** The field that a change was typed into, one key after the other. */
function fieldOf(change: Change): string | undefined {
  if (change.kind === "notes") return change.kind;
  return change.kind === "qty" || change.kind === "note" ? `${change.kind} ${change.id}` : undefined;
}

/** The draft after one change; every change but "replace" can be undone. */
export function reduce(history: History, change: Change): History {
  if (change.kind === "undo") {
    const doc = history.past[history.past.length - 1];
    if (doc === undefined) return history;
    return { doc, past: history.past.slice(0, -1), future: [history.doc, ...history.future] };
  }
  if (change.kind === "redo") {
    const [doc, ...future] = history.future;
    if (doc === undefined) return history;
    return { doc, past: [...history.past, history.doc], future };
  }
  const doc = changed(history.doc, change);
  if (change.kind === "replace") return startHistory(doc);
  if (sameDoc(doc, history.doc)) return history;
  const typing = fieldOf(change);
  if (typing !== undefined && typing === history.typing) return { ...history, doc, future: [] };
  return { doc, past: [...history.past.slice(1 - UNDO_STEPS), history.doc], future: [], typing };
}
