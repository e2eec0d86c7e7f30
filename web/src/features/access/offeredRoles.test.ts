import { expect, it } from "vitest";
import type { Person, Role } from "../../api/types";
import { offeredRoles } from "./offeredRoles";

const role = (id: string, may_give: boolean): Role => ({ id, name: id, about: "", may_give });
const roles = [role("seller", true), role("finance", false), role("owner", false)];

it("offers what may be given, and shows what the person has already", () => {
  const finance = { roles: [{ id: "finance", name: "finance" }] } as Person;
  expect(offeredRoles(roles, null).map((one) => one.id)).toEqual(["seller"]);
  expect(offeredRoles(roles, finance).map((one) => one.id)).toEqual(["seller", "finance"]);
});
