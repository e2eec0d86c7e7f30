import { lazy } from "react";
import { trimZeros } from "../../../parts/format";
import { configText } from "../../../text/config";
import type { ConfigKind } from "../types";

const words = configText.kinds.tier;

/** What each customer tier pays, in percent of the list price. */
export const tier: ConfigKind = {
  Editor: lazy(() => import("./TierEditor").then((file) => ({ default: file.TierEditor }))),
  counted: words.counted,
  importable: false,
  read: (key, content) => ({
    title: words.named(key),
    sub: "",
    value: words.reads(trimZeros(String(content.percent ?? ""))),
  }),
};
