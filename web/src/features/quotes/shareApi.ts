import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import type { Quote, ShareLink } from "../../api/types";

export const sharesKey = (id: number) => ["quotes", "shares", id] as const;

export const sharesQuery = (id: number) =>
  queryOptions({
    queryKey: sharesKey(id),
    queryFn: ({ signal }) =>
      read(client.GET("/api/quotes/{id}/shares", { params: { path: { id } }, signal })),
  });

/** How many links a customer can open and accept on. */
export const liveLinks = (links: Pick<ShareLink, "open" | "accepted_at">[]): number =>
  links.filter((link) => link.open && link.accepted_at === null).length;

/** The version whose place this one took; null where it is the first. */
export function versionReplaced({ chain, revision, state }: Pick<Quote, "chain" | "revision" | "state">) {
  if (state !== "issued") return null;
  const before = chain.filter((one) => one.state === "superseded" && one.revision < revision);
  return before.sort((one, other) => other.revision - one.revision)[0] ?? null;
}
