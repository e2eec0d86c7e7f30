import { lazy } from "react";
import { configText } from "../../../text/config";
import type { ConfigKind } from "../types";
import { dayName, dayOrder } from "./days";

const words = configText.kinds.calendar;

/** When the company works: the days of the week, and the dates that are not as usual. */
export const calendar: ConfigKind = {
  Editor: lazy(() => import("./CalendarEditor").then((file) => ({ default: file.CalendarEditor }))),
  counted: words.counted,
  importable: false,
  order: dayOrder,
  read: (key, content) => ({
    title: dayName(key),
    sub: [content.from === "notice" ? words.notice : "", String(content.note ?? "")]
      .filter((part) => part !== "")
      .join(" · "),
    value: String(content.hours ?? "") || words.free,
  }),
};
