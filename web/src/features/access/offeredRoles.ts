import type { Person, Role } from "../../api/types";

/** The roles that one may give, and those that the person has already: these stand there, but cannot be changed. */
export const offeredRoles = (roles: Role[], person: Person | null) =>
  roles.filter((role) => role.may_give || person?.roles.some((held) => held.id === role.id));
