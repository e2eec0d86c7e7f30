import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { copyText } from "../../parts/copyText";
import { passOn } from "../../parts/passOn";
import { useIsPhone } from "../../parts/useIsPhone";
import { shareText } from "../../text/share";
import { addressOf, isLive, madeKey, madeQuery, sharesKey, sharesQuery, versionReplaced } from "./shareApi";

/** The customer's link of a version: made when there is none to hand, and handed over with one press. */
export function useSending(quote: Quote) {
  const cache = useQueryClient();
  const phone = useIsPhone();
  const company = useQuery(meQuery).data?.company.name ?? "";
  const path = { id: quote.id };
  const shares = useQuery(sharesQuery(quote.id));
  const made = useQuery(madeQuery(quote.id)).data ?? null;
  const [copied, setCopied] = useState(false);
  const before = versionReplaced(quote);
  const held = useQuery({ ...sharesQuery(before?.id ?? 0), enabled: before !== null }).data?.items ?? [];
  const links = shares.data?.items ?? [];
  const mayShare = shares.data?.may_share ?? false;
  // Taken back, or over meanwhile: it is not handed out again.
  const standing = made && links.some((link) => link.id === made.id && isLive(link)) ? made : null;
  const create = useMutation({
    mutationFn: () =>
      read(client.POST("/api/quotes/{id}/shares", { params: { path }, body: { last_day: null } })),
    onSuccess: (done) => {
      cache.setQueryData(madeKey(quote.id), { id: done.id, url: addressOf(done) });
      cache.setQueryData(sharesKey(quote.id), done.shares);
    },
    // Whether the link was made stands in the list; its address is gone.
    onError: (error) => {
      if (asProblem(error).unanswered) cache.invalidateQueries({ queryKey: sharesKey(quote.id) });
    },
  });
  const withdraw = useWithdraw(quote.id);
  const inside = shares.data !== undefined && !shares.data.outside;
  const send = async () => {
    // Why it could not be made is told below the button.
    const done = standing === null ? await create.mutateAsync().catch(() => null) : null;
    const url = standing?.url ?? (done && addressOf(done));
    if (!url) return;
    const text = shareText.message(company, quote.number ?? "");
    if (phone && (await passOn({ title: text, text, url }))) return;
    setCopied(await copyText(`${text} ${url}`, inside ? shareText.insideCopied : shareText.linkCopied));
  };
  const problem = create.error ?? withdraw.error;
  return {
    links,
    looks: shares.data?.looks ?? [],
    mayShare,
    /** It is known what was sent; a list that cannot be read is none. */
    known: !shares.isPending,
    /** A customer outside cannot open the links. */
    inside,
    standing,
    copied: copied && standing !== null,
    /** The version whose link the customer still holds, while this one has none. */
    replaced:
      before !== null &&
      mayShare &&
      !inside &&
      links.length === 0 &&
      held.some((link) => link.withdrawn_at === null)
        ? before.revision
        : null,
    send,
    busy: create.isPending,
    withdraw,
    problem: problem ? asProblem(problem) : null,
  };
}

/** Takes a link back: it opens no more. */
function useWithdraw(id: number) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (share: number) =>
      read(
        client.POST("/api/quotes/{id}/shares/{share}/withdraw", {
          params: { path: { id, share } },
          body: {},
        }),
      ),
    onSuccess: (left) => cache.setQueryData(sharesKey(id), left),
  });
}

export type Sending = ReturnType<typeof useSending>;
