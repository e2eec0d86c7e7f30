import { expect, it } from "vitest";
import type { QuoteRow } from "../api/types";
import { quoteColumns } from "./quoteColumns";

it("writes money of a list with its sign, as the margin beside it", () => {
  expect(quoteColumns.net.cell({ net: "7476.48" } as QuoteRow)).toBe("¥7,476.48");
});
