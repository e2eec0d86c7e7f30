import { lazy } from "react";
import { configText } from "../../../text/config";
import type { ConfigKind } from "../types";

const words = configText.kinds.price_limit;

/** How far each role may lower prices by hand. */
export const price_limit: ConfigKind = {
  Editor: lazy(() => import("./LimitEditor").then((file) => ({ default: file.LimitEditor }))),
  counted: words.counted,
  importable: false,
  read: (key, content, shown) => ({
    title: String(shown.role_name ?? key),
    sub: "",
    value: words.reads(String(content.depth ?? ""), String(content.rounding ?? "")),
  }),
};
