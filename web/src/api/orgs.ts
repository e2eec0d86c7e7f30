import { queryOptions } from "@tanstack/react-query";
import { client, read } from "./client";
import type { Org } from "./types";

/** The part of the organisation that the person sees, in tree order, closed places too. */
export const orgsQuery = queryOptions({
  queryKey: ["orgs"],
  queryFn: ({ signal }) => read(client.GET("/api/orgs", { signal })),
});

/** The places that something new may come to, and those that are chosen already. */
export const openOrgs = (orgs: readonly Org[] | undefined, chosen: readonly number[] = []) =>
  (orgs ?? []).filter((org) => !org.closed || chosen.includes(org.id));

/** The regions among them. */
export const openRegions = (orgs: readonly Org[] | undefined, chosen: readonly number[] = []) =>
  openOrgs(orgs, chosen).filter((org) => org.kind === "region");
