import { lazy } from "react";
import type { Content } from "../../../api/types";
import { formatDay, formatMoney, trimZeros } from "../../../parts/format";
import { configText } from "../../../text/config";
import type { ConfigKind } from "../types";
import { breakOrder } from "./breakOrder";
import { asEntry, asShown } from "./entry";
import { asList } from "./listHead";

const words = configText.kinds.price_list;

/** Whom the whole list is for, and when. */
function listSub(content: Content, shown: Record<string, unknown>): string {
  const list = asList(content, shown);
  const parts = [...list.customers.map((one) => one.name), ...list.types, ...list.tiers];
  if (list.from !== null || list.to !== null)
    parts.push(
      words.window(
        list.from === null ? "…" : formatDay(list.from),
        list.to === null ? "…" : formatDay(list.to),
      ),
    );
  return parts.join(" · ");
}

/** Prices of products, one row a product, unit and quantity break. */
export const price_list: ConfigKind = {
  Editor: lazy(() => import("./PriceListEditor").then((file) => ({ default: file.PriceListEditor }))),
  counted: words.counted,
  importable: true,
  order: breakOrder,
  read: (key, content, shown) => {
    if (key === "")
      return {
        title: words.listLevel,
        sub: listSub(content, shown),
        value: content.includes_tax === false ? words.excludesTax : words.includesTax,
      };
    const entry = asEntry(content);
    const product = asShown(shown);
    const formula = typeof shown.formula === "string" ? shown.formula : null;
    const goods = typeof shown.goods === "string" ? shown.goods : null;
    const unit = entry.unit ?? product.base_unit;
    const parts = [product.product_code, product.spec];
    if (entry.min_qty !== null) parts.push(words.min(`${trimZeros(entry.min_qty)} ${unit}`));
    if (entry.from !== null || entry.to !== null) {
      parts.push(
        words.window(
          entry.from === null ? "…" : formatDay(entry.from),
          entry.to === null ? "…" : formatDay(entry.to),
        ),
      );
    }
    if (entry.note !== null) parts.push(entry.note);
    return {
      title: product.product_name || goods || key,
      sub: parts.filter(Boolean).join(" · "),
      value: formula ?? [formatMoney(entry.price), unit].filter(Boolean).join("/"),
      unit,
    };
  },
};
