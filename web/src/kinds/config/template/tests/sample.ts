import type { BlockRules } from "../blocks";

const block = (key: string, name: string, rules: Partial<BlockRules> = {}): BlockRules => ({
  key,
  name,
  heading: false,
  text_max: 0,
  parts: [],
  most: 1,
  needed: false,
  ...rules,
});
const part = (key: string, usual = true) => ({ key, name: key, usual });

/** Blocks as a server tells them, for tests. */
export const BLOCKS: readonly BlockRules[] = [
  block("letterhead", "抬头", { text_max: 60, parts: [part("address")] }),
  block("lines", "商品明细", {
    needed: true,
    parts: [part("picture", false), part("code"), part("qty"), part("amount")],
  }),
  block("totals", "合计", { parts: [part("subtotal"), part("tax")] }),
  block("notes", "说明", { heading: true }),
  block("bank", "收款账户", { heading: true }),
  block("text", "自写文字", { heading: true, text_max: 1000, most: 9 }),
];
