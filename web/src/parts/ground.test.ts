import { createMemoryHistory } from "@tanstack/react-router";
import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { beneath, layGround, useGround } from "./ground";

/** A page that was loaded whole as the last of these addresses. */
function loaded(...addresses: string[]) {
  const history = createMemoryHistory({ initialEntries: addresses });
  const at = () => history.location.state.__TSR_index;
  let stands = at;
  layGround({
    history,
    standsAt: () => stands(),
    lay: (over) => history.push(history.location.href, { over }),
  });
  return { history, at, standElsewhere: () => (stands = () => at() - 1) };
}
const open = () => renderHook(({ is }) => useGround(is), { initialProps: { is: true } });

it("lays an entry of the same page beneath what opens after a full load, once", () => {
  const { history, at } = loaded("/quotes", "/quotes/7");
  renderHook(() => useGround(false));
  expect(at()).toBe(1);
  const sheet = open();
  expect([at(), history.location.href]).toEqual([2, "/quotes/7"]);
  // One over it, and the next one, find it there.
  open();
  sheet.rerender({ is: false });
  sheet.rerender({ is: true });
  expect(at()).toBe(2);
});

it("goes back past that entry to where it would have gone", () => {
  const { history } = loaded("/quotes", "/quotes/7");
  open();
  history.back();
  expect(history.location.href).toBe("/quotes");
});

it("lays nothing where one came from within the app", () => {
  const { history, at } = loaded("/quotes");
  history.push("/quotes/7");
  open();
  expect(at()).toBe(1);
  history.back();
  expect(history.location.href).toBe("/quotes");
});

it("lays nothing while a step back waits for an answer", () => {
  const { at, standElsewhere } = loaded("/quotes", "/quotes/7");
  standElsewhere();
  open();
  expect(at()).toBe(1);
});

it("knows a page beneath from an entry that only lies over", () => {
  const { history } = loaded("/quotes/7");
  expect(beneath(history.location)).toBe(false);
  open();
  expect(beneath(history.location)).toBe(false);
  history.push("/quotes");
  expect(beneath(history.location)).toBe(true);
});
