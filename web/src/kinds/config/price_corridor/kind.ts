import { lazy } from "react";
import { trimZeros } from "../../../parts/format";
import { listsText } from "../../../text/lists";
import type { ConfigKind } from "../types";

const words = listsText.corridor;

/** How far regions' prices may lie from head office's, in percent of its list price. */
export const price_corridor: ConfigKind = {
  Editor: lazy(() => import("./CorridorEditor").then((file) => ({ default: file.CorridorEditor }))),
  counted: words.counted,
  importable: false,
  read: (_key, content, shown) => ({
    title: words.named(
      typeof shown.region === "string" ? shown.region : words.allRegions,
      typeof shown.category === "string" ? shown.category : words.allCategories,
    ),
    sub: "",
    value: words.reads(trimZeros(String(content.min ?? "")), trimZeros(String(content.max ?? ""))),
  }),
};
