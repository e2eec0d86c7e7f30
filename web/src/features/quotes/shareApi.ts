import { queryOptions } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import type { MadeShare, Quote, ShareLink } from "../../api/types";

export const sharesKey = (id: number) => ["quotes", "shares", id] as const;

export const sharesQuery = (id: number) =>
  queryOptions({
    queryKey: sharesKey(id),
    queryFn: ({ signal }) =>
      read(client.GET("/api/quotes/{id}/shares", { params: { path: { id } }, signal })),
  });

/** A link whose address is known: the server tells it once, and keeps no more than its hash. */
export interface MadeLink {
  id: number;
  url: string;
}

export const madeKey = (id: number) => ["quotes", "made-link", id] as const;

/** The link that was made here since the page was loaded: whoever comes back sends the same one. Nobody is asked. */
export const madeQuery = (id: number) =>
  queryOptions({
    queryKey: madeKey(id),
    queryFn: (): MadeLink | null => null,
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });

/** Under which address a new link opens. */
export const addressOf = ({ url, token }: Pick<MadeShare, "url" | "token">): string =>
  url ?? `${window.location.origin}/s/${token}`;

/** A customer can open it and accept on it. */
export const isLive = (link: Pick<ShareLink, "open" | "accepted_at">): boolean =>
  link.open && link.accepted_at === null;

/** How many links a customer can open and accept on. */
export const liveLinks = (links: Pick<ShareLink, "open" | "accepted_at">[]): number =>
  links.filter(isLive).length;

/** The version whose place this one took; null where it is the first. */
export function versionReplaced({ chain, revision, state }: Pick<Quote, "chain" | "revision" | "state">) {
  if (state !== "issued") return null;
  const before = chain.filter((one) => one.state === "superseded" && one.revision < revision);
  return before.sort((one, other) => other.revision - one.revision)[0] ?? null;
}
