import { lazy } from "react";
import { templateText } from "../../../text/templates";
import type { ConfigKind } from "../types";

/** A region's own seal: one picture. */
export const seal: ConfigKind = {
  Editor: lazy(() => import("./SealEditor").then((file) => ({ default: file.SealEditor }))),
  counted: templateText.sealCounted,
  importable: false,
  regional: templateText.regionalSeal,
  noRows: templateText.sealNoRows,
  read: (_, content) => ({
    title: templateText.sealPicture,
    sub: "",
    value: typeof content.file === "string" ? templateText.sealMark(content.file) : "",
  }),
};
