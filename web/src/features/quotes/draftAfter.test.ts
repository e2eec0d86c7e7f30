import { expect, it } from "vitest";
import { draftAfter } from "./draftAfter";

const version = (revision: number, state: string) => ({
  id: revision,
  revision,
  state,
  number: null,
  issued_at: null,
  net: "1.00",
});

it("finds the draft that already follows an expired quotation", () => {
  expect(draftAfter({ revision: 1, chain: [version(1, "expired"), version(2, "draft")] })).toBe(2);
});

it("takes neither issued versions nor the draft itself for one that follows", () => {
  expect(draftAfter({ revision: 1, chain: [version(1, "superseded"), version(2, "issued")] })).toBeNull();
  expect(draftAfter({ revision: 2, chain: [version(1, "expired"), version(2, "draft")] })).toBeNull();
});
