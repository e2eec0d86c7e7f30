import { expect, it } from "vitest";
import type { Draft } from "../../api/types";
import { waitsForMe } from "./waitsForMe";

const at = (state: Draft["state"], ...actions: Draft["actions"]) => waitsForMe({ state, actions });

it("waits for whoever confirms, gives back or publishes, and not for its author or while it is edited", () => {
  expect(at("submitted", "confirm", "return")).toBe(true);
  expect(at("submitted", "return")).toBe(true);
  expect(at("confirmed", "edit", "publish")).toBe(true);
  expect(at("submitted", "edit", "return", "discard")).toBe(false);
  expect(at("editing", "edit", "submit")).toBe(false);
  expect(at("published")).toBe(false);
});
