import { calendar } from "./calendar/kind";
import { price_corridor } from "./price_corridor/kind";
import { price_limit } from "./price_limit/kind";
import { price_list } from "./price_list/kind";
import { rule } from "./rule/kind";
import { seal } from "./seal/kind";
import { snippet } from "./snippet/kind";
import { template } from "./template/kind";
import { tier } from "./tier/kind";
import type { ConfigKind } from "./types";

/** The closed list of kinds; one more kind is one more folder and one more line. */
const KINDS: Record<string, ConfigKind> = {
  price_list,
  tier,
  price_corridor,
  price_limit,
  snippet,
  template,
  seal,
  calendar,
  rule,
};

/** Kinds of which a region may have an item of its own. */
export const REGIONAL_KINDS = Object.keys(KINDS).filter((kind) => KINDS[kind]?.regional);

/** Where items of a kind stand among those of other kinds. */
export const kindPlace = (kind: string) => {
  const place = Object.keys(KINDS).indexOf(kind);
  return place < 0 ? Object.keys(KINDS).length : place;
};

export const configKind = (kind: string): ConfigKind | undefined => KINDS[kind];
