import { lazy } from "react";
import { templateText } from "../../../text/templates";
import type { ConfigKind } from "../types";
import { readBlock, SETTINGS_KEY } from "./model";

/** How documents look on paper: settings, and blocks in their order. */
export const template: ConfigKind = {
  Editor: lazy(() => import("./TemplateEditor").then((file) => ({ default: file.TemplateEditor }))),
  counted: templateText.counted,
  importable: false,
  regional: templateText.regionalTemplate,
  noRows: templateText.noRows,
  read: (key, content, shown) => {
    if (key === SETTINGS_KEY)
      return { title: templateText.settings, sub: "", value: templateText.reads(content) };
    const block = readBlock(content);
    return {
      title: typeof shown.name === "string" ? shown.name : key,
      sub: [block.heading, block.text].filter(Boolean).join(" "),
      value: block.on ? templateText.place(block.order) : templateText.notPrinted,
    };
  },
};
