/** What may be chosen about a block; the server holds the same list and decides. */
export interface BlockRules {
  heading: boolean;
  textMax: number;
  parts: readonly string[];
  /** Those of them that are not shown where nobody has chosen. */
  partsOff: readonly string[];
  many: boolean;
}

const plain = { heading: false, textMax: 0, parts: [], partsOff: [], many: false } as const;

/** The closed list of blocks, in the order of the shipped template. */
export const BLOCKS = {
  letterhead: { ...plain, textMax: 60, parts: ["address", "phone", "tax_no"] },
  parties: {
    ...plain,
    heading: true,
    parts: ["contact", "phone", "address", "valid_until", "salesperson", "price_basis"],
  },
  lines: {
    ...plain,
    parts: ["picture", "code", "spec", "unit", "qty", "unit_price", "amount", "net", "tax_rate", "note"],
    partsOff: ["picture"],
  },
  totals: { ...plain, parts: ["subtotal", "tax", "capital"] },
  notes: { ...plain, heading: true },
  bank: { ...plain, heading: true },
  text: { ...plain, heading: true, textMax: 1000, many: true },
  signature: { ...plain, parts: ["customer", "seller"] },
  verify: { ...plain, heading: true, parts: ["code", "hash"] },
} as const satisfies Record<string, BlockRules>;

export type BlockName = keyof typeof BLOCKS;

/** Blocks of own text on one document. */
export const OWN_TEXTS_MAX = 9;

const isBlock = (name: string): name is BlockName => Object.keys(BLOCKS).includes(name);

/** The name in a row's key, and the number behind it; a name may hold `_` itself, so the whole key is asked first. */
export function nameAndNumber<Name extends string>(
  key: string,
  isName: (name: string) => name is Name,
): { name: Name; number: number } | null {
  if (isName(key)) return { name: key, number: 1 };
  const [, name = "", digit] = /^(.+)_([2-9])$/.exec(key) ?? [];
  return isName(name) ? { name, number: Number(digit) } : null;
}

/** The block of a row, and which of its kind it is: `text_2` is one more `text`. */
export function numberedBlock(key: string): { name: BlockName; number: number } | null {
  const found = nameAndNumber(key, isBlock);
  return found && (found.number === 1 || BLOCKS[found.name].many) ? found : null;
}

export const blockOf = (key: string): BlockName | null => numberedBlock(key)?.name ?? null;

export const rulesOf = (key: string): BlockRules => BLOCKS[blockOf(key) ?? "notes"];
