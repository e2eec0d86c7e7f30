import { lazy } from "react";
import { configText } from "../../../text/config";
import type { ConfigKind } from "../types";

const words = configText.kinds.snippet;

/** Texts kept ready for the notes of quotations. */
export const snippet: ConfigKind = {
  Editor: lazy(() => import("./SnippetEditor").then((file) => ({ default: file.SnippetEditor }))),
  counted: words.counted,
  importable: false,
  read: (key, content) => ({ title: key, sub: String(content.text ?? ""), value: "" }),
};
