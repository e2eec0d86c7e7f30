import { expect, it } from "vitest";
import { countdown, mostUrgent, spanText } from "./countdown";

const MINUTE = 60_000;

it("says a span in the units that matter", () => {
  expect(spanText(10_000)).toBe("1 分");
  expect(spanText(59 * MINUTE)).toBe("59 分");
  expect(spanText(60 * MINUTE)).toBe("1 小时");
  expect(spanText(95 * MINUTE)).toBe("1 小时 35 分");
  expect(spanText(26 * 60 * MINUTE)).toBe("1 天 2 小时");
  expect(spanText(48 * 60 * MINUTE)).toBe("2 天");
});

it("grows more urgent at half, at nine tenths and at the end", () => {
  const at = (minute: number) => countdown(0, 100 * MINUTE, minute * MINUTE).urgency;
  expect([at(0), at(49), at(50), at(89), at(90), at(99)]).toEqual([
    "calm",
    "calm",
    "soon",
    "soon",
    "late",
    "late",
  ]);
  expect([at(100), at(300)]).toEqual(["over", "over"]);
  expect(countdown(0, 100 * MINUTE, 130 * MINUTE).text).toBe("超时 30 分");
});

it("takes the most urgent of several, wherever it stands", () => {
  expect(mostUrgent(["calm", "over", "soon"])).toBe("over");
  expect(mostUrgent(["soon", "calm"])).toBe("soon");
  expect(mostUrgent([])).toBe("calm");
});
