import { afterEach, expect, it } from "vitest";
import { footHeight } from "./useFoot";

afterEach(() => {
  document.body.innerHTML = "";
});

/** A bar from `top` to `bottom`, counted from the foot of the screen. */
function bar(top: number, bottom: number) {
  const made = document.createElement("div");
  made.dataset.foot = "";
  const screen = window.innerHeight;
  const box = { top: screen - top, bottom: screen - bottom, height: top - bottom } as DOMRect;
  made.getBoundingClientRect = () => box;
  document.body.append(made);
}

it("leaves the foot to the bars that stand on each other, and to nothing else", () => {
  expect(footHeight()).toBe(0);
  bar(124, 56);
  bar(56, 0);
  bar(400, 350);
  expect(footHeight()).toBe(124);
});

it("counts the buttons of a sheet that covers the bars beneath", () => {
  bar(56, 0);
  bar(68, 0);
  expect(footHeight()).toBe(68);
});
