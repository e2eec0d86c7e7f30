type Raw = Record<string, unknown>;

const text = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? String(value) : undefined;

const number = (value: unknown) => {
  const found = Number(value);
  return value !== undefined && value !== "" && Number.isSafeInteger(found) ? found : undefined;
};

const day = (value: unknown) =>
  typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;

interface Span {
  from?: string;
  to?: string;
}

export interface OrderFilters extends Span {
  q?: string;
  customer?: number;
  owner?: number;
  branch?: number;
}

export interface QuoteFilters extends OrderFilters {
  state?: string;
  /** Whose last valid day is no later. */
  valid_to?: string;
  /** Something of this category is quoted. */
  category?: number;
  /** Of what was ended: lost for any reason, not lost, or lost for this reason. */
  lost?: string;
  sort?: string;
}

export interface CustomerFilters {
  q?: string;
  tier?: string;
  type?: string;
  owner?: number;
  branch?: number;
}

export interface ProductFilters {
  q?: string;
  category?: number;
  archived?: "true";
}

export interface ConversionFilters extends Span {
  by?: string;
}

export interface HandlingFilters extends Span {
  seed?: number;
}

/** Filters of the order list, as they stand in the link. */
export const orderFilters = (raw: Raw): OrderFilters => ({
  q: text(raw.q),
  customer: number(raw.customer),
  owner: number(raw.owner),
  branch: number(raw.branch),
  from: day(raw.from),
  to: day(raw.to),
});

export const quoteFilters = (raw: Raw): QuoteFilters => ({
  ...orderFilters(raw),
  state: text(raw.state),
  valid_to: day(raw.valid_to),
  category: number(raw.category),
  lost: text(raw.lost),
  sort: raw.sort === "net" || raw.sort === "valid" ? raw.sort : undefined,
});

export const customerFilters = (raw: Raw): CustomerFilters => ({
  q: text(raw.q),
  tier: text(raw.tier),
  type: text(raw.type),
  owner: number(raw.owner),
  branch: number(raw.branch),
});

export const productFilters = (raw: Raw): ProductFilters => ({
  q: text(raw.q),
  category: number(raw.category),
  archived: raw.archived === "true" || raw.archived === true ? "true" : undefined,
});

export const handlingFilters = (raw: Raw): HandlingFilters => ({
  from: day(raw.from),
  to: day(raw.to),
  seed: number(raw.seed),
});

export const conversionFilters = (raw: Raw): ConversionFilters => ({
  by: raw.by === "category" || raw.by === "month" ? raw.by : undefined,
  from: day(raw.from),
  to: day(raw.to),
});

export const loginSearch = (raw: Raw): { next?: string } => ({ next: text(raw.next) });

export const setUpSearch = (raw: Raw): { code?: string } => ({ code: text(raw.code) });

export const newQuoteSearch = (raw: Raw): { customer?: number } => ({ customer: number(raw.customer) });

export const tabSearch = (raw: Raw): { tab?: string } => ({ tab: text(raw.tab) });

export interface ItemSearch {
  tab?: string;
  /** Compared revisions, or the days on which they were in force. */
  from?: number;
  to?: number;
  from_day?: string;
  to_day?: string;
}

export const itemSearch = (raw: Raw): ItemSearch => ({
  tab: text(raw.tab),
  from: number(raw.from),
  to: number(raw.to),
  from_day: day(raw.from_day),
  to_day: day(raw.to_day),
});

export interface AuditFilters {
  q?: string;
  actor?: number;
  kind?: string;
  entity?: string;
  entity_id?: number;
  from?: string;
  to?: string;
}

export const auditFilters = (raw: Raw): AuditFilters => ({
  q: text(raw.q),
  actor: number(raw.actor),
  kind: text(raw.kind),
  entity: text(raw.entity),
  entity_id: number(raw.entity_id),
  from: day(raw.from),
  to: day(raw.to),
});

export const peopleFilters = (raw: Raw): { q?: string } => ({ q: text(raw.q) });
