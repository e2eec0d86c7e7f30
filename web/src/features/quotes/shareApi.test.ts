import { expect, it } from "vitest";
import type { Quote } from "../../api/types";
import { liveLinks, versionReplaced } from "./shareApi";

const version = (revision: number, state: string): Quote["chain"][number] => ({
  id: revision * 10,
  revision,
  state,
  number: null,
  issued_at: null,
  net: "1.00",
});

it("counts the links that a new version would end", () => {
  const open = { open: true, accepted_at: null };
  expect(liveLinks([open, { open: false, accepted_at: null }, { open: true, accepted_at: 1 }, open])).toBe(2);
  expect(liveLinks([])).toBe(0);
});

it("finds the version whose links an issued one has ended", () => {
  const chain = [version(1, "superseded"), version(2, "superseded"), version(3, "issued")];
  expect(versionReplaced({ chain, revision: 3, state: "issued" })?.id).toBe(20);
  expect(versionReplaced({ chain, revision: 2, state: "superseded" })).toBeNull();
  expect(versionReplaced({ chain: [version(1, "issued")], revision: 1, state: "issued" })).toBeNull();
});
