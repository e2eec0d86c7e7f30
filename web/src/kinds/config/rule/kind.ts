import { lazy } from "react";
import { ruleText } from "../../../text/rules";
import type { ConfigKind } from "../types";
import { nameOf, readRule, ruleReads } from "./model";

/** What happens by itself: rules with their times, recipients and switch. */
export const rule: ConfigKind = {
  Editor: lazy(() => import("./RuleEditor").then((file) => ({ default: file.RuleEditor }))),
  Above: lazy(() => import("./PausedRules").then((file) => ({ default: file.PausedRules }))),
  counted: ruleText.counted,
  importable: false,
  noRows: ruleText.noRows,
  read: (key, content, shown) => {
    const names = (shown.roles ?? {}) as Record<string, string>;
    const read = readRule(content);
    return {
      title: nameOf(key, read),
      sub: ruleReads(read, (role) => names[role] ?? role),
      value: read.on ? "" : ruleText.off,
    };
  },
};
