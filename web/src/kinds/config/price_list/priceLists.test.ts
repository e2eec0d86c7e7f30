import { expect, test } from "vitest";
import type { ItemRow, Org } from "../../../api/types";
import { basesFor } from "./priceLists";

const HQ = 1;
const SUZHOU = 2;

const list = (id: number, change: Partial<ItemRow> = {}) =>
  ({
    id,
    name: String(id),
    scope: { id: HQ, name: "" },
    in_force: { n: 1 },
    queued: [],
    ...change,
  }) as ItemRow;
const org = (id: number, kind: string) => ({ id, kind }) as Org;

test("a list is based on those of head office that were published, never on itself or a region's", () => {
  const lists = [
    list(1),
    list(2, { in_force: null }),
    list(3, { in_force: null, queued: [{ n: 1 }] as ItemRow["queued"] }),
    list(4, { scope: { id: SUZHOU, name: "" } }),
    list(5),
  ];
  const offered = (chosen: number | null) =>
    basesFor(5, lists, [org(HQ, "hq"), org(SUZHOU, "region")], chosen).map((one) => one.id);
  expect(offered(null)).toEqual([1, 3]);
  expect(offered(2)).toEqual([1, 2, 3]);
});
