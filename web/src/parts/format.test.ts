import { describe, expect, it } from "vitest";
import {
  asDecimal,
  dayOf,
  daysBetween,
  formatAgo,
  formatDay,
  formatMoney,
  formatWan,
  momentOf,
  signed,
  trimZeros,
} from "./format";

describe("money", () => {
  it("is grouped by thousands and keeps its fen", () => {
    expect(formatMoney("7065.60")).toBe("¥7,065.60");
    expect(formatMoney("-1234567.05")).toBe("-¥1,234,567.05");
    expect(formatMoney("12.00")).toBe("¥12.00");
  });

  it("is shown in 万 only from ten thousand on", () => {
    expect(formatWan("9999.99")).toBe("¥9,999.99");
    expect(formatWan("10000.00")).toBe("¥1.0 万");
    expect(formatWan("123456.00")).toBe("¥12.3 万");
    expect(formatWan("19960.00")).toBe("¥2.0 万");
  });

  it("shows the direction of a difference", () => {
    expect(signed("3.68")).toBe("+3.68");
    expect(signed("-3.68")).toBe("-3.68");
    expect(signed("0.00")).toBe("0.00");
  });
});

describe("typed numbers", () => {
  it("are read in full width, with currency signs and grouping", () => {
    expect(asDecimal("￥1,280.00", 2)).toBe("1280.00");
    expect(asDecimal("１２．５", 3)).toBe("12.5");
    expect(asDecimal("007", 3)).toBe("7");
  });

  it("are refused when they are no plain decimal or too fine", () => {
    expect(asDecimal("12.3456", 3)).toBeNull();
    expect(asDecimal("-1", 3)).toBeNull();
    expect(asDecimal("1e5", 3)).toBeNull();
    expect(asDecimal("", 3)).toBeNull();
  });

  it("lose needless zeros only behind the point", () => {
    expect(trimZeros("60.000")).toBe("60");
    expect(trimZeros("100")).toBe("100");
    expect(trimZeros("0.250")).toBe("0.25");
  });
});

describe("days", () => {
  it("are those of the company's time zone", () => {
    expect(dayOf(Date.parse("2026-05-01T16:30:00Z"))).toBe("2026-05-02");
    expect(momentOf("2026-05-02", "00:30")).toBe(Date.parse("2026-05-01T16:30:00Z"));
  });

  it("name the year only when it is another one", () => {
    expect(formatDay("2026-05-01", "2026-11-24")).toBe("5月1日");
    expect(formatDay("2025-05-01", "2026-11-24")).toBe("2025年5月1日");
    expect(daysBetween("2026-05-10", "2026-05-01")).toBe(-9);
  });

  it("are told as time passed while that is easier to read", () => {
    const now = momentOf("2026-05-10", "10:00");
    expect(formatAgo(now - 30_000, now)).toBe("刚刚");
    expect(formatAgo(momentOf("2026-05-09", "23:59"), now)).toBe("昨天");
    expect(formatAgo(momentOf("2026-05-07", "12:00"), now)).toBe("3 天前");
    expect(formatAgo(momentOf("2026-01-07", "12:00"), now)).toBe("1月7日");
  });
});
