import type { Checks } from "../../api/types";

/** What the row of the difference tells by itself: how far it went, and that it lies below cost. */
const TOLD_BY_ROW = new Set(["price_jump", "below_cost"]);

/** What must be acknowledged in a draft by the key of its row, without the name of the row; none where the row tells it. */
export function risksByRow(items: Checks["risks"]["items"]): Map<string, string[]> {
  const byRow = new Map<string, string[]>();
  for (const { key, code, sentence } of items) {
    if (key == null) continue;
    const own = TOLD_BY_ROW.has(code) ? [] : [sentence.slice(sentence.indexOf("：") + 1)];
    byRow.set(key, [...(byRow.get(key) ?? []), ...own]);
  }
  return byRow;
}
