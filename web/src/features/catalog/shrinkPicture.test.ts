import { expect, test } from "vitest";
import { shrinkPicture, sidesWithin } from "./shrinkPicture";

test("the longer side is at most 1600, in proportion, and nothing is blown up", () => {
  expect(sidesWithin(4000, 3000)).toEqual([1600, 1200]);
  expect(sidesWithin(3000, 4000)).toEqual([1200, 1600]);
  expect(sidesWithin(1600, 20)).toEqual([1600, 20]);
  expect(sidesWithin(300, 200)).toEqual([300, 200]);
  expect(sidesWithin(64_000, 2)).toEqual([1600, 1]);
});

test("a small file goes as it is", async () => {
  const file = new File(["small"], "a.png", { type: "image/png" });
  expect(await shrinkPicture(file)).toBe(file);
});
