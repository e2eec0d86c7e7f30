/** A part of a block that can be shown or left out. */
export interface BlockPart {
  key: string;
  /** What it is called, and where that matters when it is printed. */
  name: string;
  /** Shown where nobody has chosen. */
  usual: boolean;
}

/** What a block is called and what may be chosen about it: the server sends it beside the settings, and decides. */
export interface BlockRules {
  key: string;
  name: string;
  heading: boolean;
  text_max: number;
  parts: readonly BlockPart[];
  /** How many there may be on one document. */
  most: number;
  /** A document without it is not published. */
  needed: boolean;
}

/** The blocks that the server told beside the row of settings, in the order of the shipped template. */
export const blocksOf = (settings: { shown: Record<string, unknown> } | undefined): readonly BlockRules[] =>
  Array.isArray(settings?.shown.blocks) ? settings.shown.blocks : [];

/** The name in a row's key, and the number behind it; a name may hold `_` itself, so the whole key is asked first. */
export function nameAndNumber<Name extends string>(
  key: string,
  isName: (name: string) => name is Name,
): { name: Name; number: number } | null {
  if (isName(key)) return { name: key, number: 1 };
  const [, name = "", digit] = /^(.+)_([2-9])$/.exec(key) ?? [];
  return isName(name) ? { name, number: Number(digit) } : null;
}

/** The block of a row, and which of its kind it is: `text_2` is one more `text`; null for what is no block's. */
export function blockOf(blocks: readonly BlockRules[], key: string) {
  const isName = (name: string): name is string => blocks.some((block) => block.key === name);
  const found = nameAndNumber(key, isName);
  const rules = blocks.find((block) => block.key === found?.name);
  return found && rules && found.number <= rules.most ? { rules, number: found.number } : null;
}

/** What people call the block of a row; what is not known stays as it is. */
export function blockName(blocks: readonly BlockRules[], key: string): string {
  const found = blockOf(blocks, key);
  if (!found) return key;
  return found.number > 1 ? `${found.rules.name}${found.number}` : found.rules.name;
}
