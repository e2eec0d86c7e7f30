import { expect, it } from "vitest";
import { openOrgs, openRegions } from "./orgs";
import type { Org } from "./types";

const org = (id: number, kind: string, closed = false): Org => ({
  id,
  kind,
  closed,
  name: `org ${id}`,
  parent_id: null,
  depth: 0,
  code: "X",
  people: 0,
  managers: 0,
});
const orgs = [org(1, "hq"), org(2, "region"), org(3, "region", true), org(4, "branch", true)];

it("offers what is open, and what is chosen already", () => {
  const ids = (found: Org[]) => found.map((one) => one.id);
  expect(ids(openOrgs(undefined))).toEqual([]);
  expect(ids(openOrgs(orgs))).toEqual([1, 2]);
  expect(ids(openOrgs(orgs, [4]))).toEqual([1, 2, 4]);
  expect(ids(openRegions(orgs))).toEqual([2]);
  expect(ids(openRegions(orgs, [3, 4]))).toEqual([2, 3]);
});
