import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const sheet = readFileSync(join(process.cwd(), "src/features/quotes/LineGrid.module.css"), "utf8");
const RING_PX = 3;

it("leaves room for the ring round a product's name above the detail beneath it", () => {
  const detail = /\n\.detail \{([^}]*)\}/.exec(sheet)?.[1] ?? "";
  const room = Number(/margin-top: (-?\d+)px/.exec(detail)?.[1]);
  expect(room).toBeGreaterThanOrEqual(RING_PX);
});
