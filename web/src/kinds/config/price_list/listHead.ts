import type { Content } from "../../../api/types";

export type ListClass = "list" | "region" | "contract";

/** The row of the whole list, as its sheet edits it. */
export interface ListHead {
  includes_tax: boolean;
  class: ListClass;
  customers: { id: number; name: string }[];
  types: string[];
  tiers: string[];
  regions: number[];
  from: string | null;
  to: string | null;
  base: number | null;
  tier_applies: boolean;
}

const text = (value: unknown) => (typeof value === "string" ? value : null);
const words = (value: unknown) => (Array.isArray(value) ? value.filter((it) => typeof it === "string") : []);
const numbers = (value: unknown) =>
  Array.isArray(value) ? value.filter((it) => typeof it === "number") : [];

/** Names of customers as the server shows them beside the row. */
function named(shown: Record<string, unknown>, ids: number[]) {
  const known = Array.isArray(shown.customers) ? (shown.customers as { id: number; name: string }[]) : [];
  return ids.map((id) => known.find((one) => one.id === id) ?? { id, name: `#${id}` });
}

export function asList(content: Content, shown: Record<string, unknown>): ListHead {
  const whom = (content.for ?? {}) as Record<string, unknown>;
  const sort = text(content.class);
  return {
    includes_tax: content.includes_tax !== false,
    class: sort === "region" || sort === "contract" ? sort : "list",
    customers: named(shown, numbers(whom.customers)),
    types: words(whom.types),
    tiers: words(whom.tiers),
    regions: numbers(whom.regions),
    from: text(content.from),
    to: text(content.to),
    base: typeof content.base === "number" ? content.base : null,
    tier_applies: content.tier_applies === true,
  };
}

/** The content that the server takes; what asks nothing is left out. */
export function listContent(list: ListHead): Content {
  const whom = {
    ...(list.customers.length > 0 && { customers: list.customers.map((one) => one.id) }),
    ...(list.types.length > 0 && { types: list.types }),
    ...(list.tiers.length > 0 && { tiers: list.tiers }),
    ...(list.regions.length > 0 && { regions: list.regions }),
  };
  return {
    includes_tax: list.includes_tax,
    ...(list.class !== "list" && { class: list.class }),
    ...(Object.keys(whom).length > 0 && { for: whom }),
    ...(list.from !== null && { from: list.from }),
    ...(list.to !== null && { to: list.to }),
    ...(list.base !== null && { base: list.base }),
    ...(list.tier_applies && list.class === "contract" && { tier_applies: true }),
  };
}
