import { price_corridor } from "./price_corridor/kind";
import { price_limit } from "./price_limit/kind";
import { price_list } from "./price_list/kind";
import { snippet } from "./snippet/kind";
import { tier } from "./tier/kind";
import type { ConfigKind } from "./types";

/** The closed list of kinds; one more kind is one more folder and one more line. */
const KINDS: Record<string, ConfigKind> = { price_list, tier, price_corridor, price_limit, snippet };

export const configKind = (kind: string): ConfigKind | undefined => KINDS[kind];
