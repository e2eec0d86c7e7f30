import { lazy } from "react";
import { formatDay, formatMoney, trimZeros } from "../../../parts/format";
import { configText } from "../../../text/config";
import type { ConfigKind } from "../types";
import { asEntry, asShown } from "./entry";

const words = configText.kinds.price_list;

/** Prices of products, one row a product, unit and quantity break. */
export const price_list: ConfigKind = {
  Editor: lazy(() => import("./PriceListEditor").then((file) => ({ default: file.PriceListEditor }))),
  counted: words.counted,
  importable: true,
  read: (key, content, shown) => {
    if (key === "")
      return {
        title: words.listLevel,
        sub: "",
        value: content.includes_tax === false ? words.excludesTax : words.includesTax,
      };
    const entry = asEntry(content);
    const product = asShown(shown);
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
      title: product.product_name || key,
      sub: parts.filter(Boolean).join(" · "),
      value: `${formatMoney(entry.price)}/${unit}`,
    };
  },
};
