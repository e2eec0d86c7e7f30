import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { copyText } from "../../parts/copyText";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { shareText } from "../../text/share";
import { CodeSheet } from "./CodeSheet";
import styles from "./ShareCard.module.css";
import { ShareLinkRow } from "./ShareLinkRow";
import { ShareLooks } from "./ShareLooks";
import { sharesKey, sharesQuery, versionReplaced } from "./shareApi";

/** The links under which the customer opens this version: made, sent, taken back; who looked, and the code to accept. */
export function ShareCard({ quote }: { quote: Quote }) {
  const cache = useQueryClient();
  const company = useQuery(meQuery).data?.company.name ?? "";
  const [made, setMade] = useState<string | null>(null);
  const [handing, setHanding] = useState<number | null>(null);
  const [leaving, setLeaving] = useState<number | null>(null);
  const path = { id: quote.id };
  const shares = useQuery(sharesQuery(quote.id));
  const before = versionReplaced(quote);
  const held = useQuery({ ...sharesQuery(before?.id ?? 0), enabled: before !== null }).data?.items ?? [];
  const create = useMutation({
    mutationFn: () =>
      read(client.POST("/api/quotes/{id}/shares", { params: { path }, body: { last_day: null } })),
    onSuccess: (done) => {
      setMade(done.url ?? `${window.location.origin}/s/${done.token}`);
      cache.setQueryData(sharesKey(quote.id), done.shares);
    },
  });
  const withdraw = useMutation({
    mutationFn: (share: number) =>
      read(
        client.POST("/api/quotes/{id}/shares/{share}/withdraw", {
          params: { path: { ...path, share } },
          body: {},
        }),
      ),
    onSuccess: (left) => {
      setMade(null);
      cache.setQueryData(sharesKey(quote.id), left);
    },
    onSettled: () => setLeaving(null),
  });
  const links = shares.data?.items ?? [];
  const mayShare = shares.data?.may_share ?? false;
  if (!shares.data || (links.length === 0 && !mayShare)) return null;
  const problem = create.error ?? withdraw.error;
  const replaced = before !== null && links.length === 0 && held.some((link) => link.withdrawn_at === null);
  const send = async () => {
    if (made === null) return;
    const text = shareText.message(company, quote.number ?? "");
    // A sheet that is closed again without sending is no fault.
    if (navigator.share) await navigator.share({ title: text, text, url: made }).catch(() => undefined);
    else copyText(`${text} ${made}`);
  };
  return (
    <Card title={shareText.title}>
      <p className={styles.explains}>{shareText.explains}</p>
      {made !== null && (
        <div className={styles.made} role="status">
          <p>{shareText.made}</p>
          <code className={styles.link}>{made}</code>
          <div className={styles.acts}>
            <Button icon="copy" onClick={() => copyText(made)} data-next-link>
              {shareText.copy}
            </Button>
            <Button icon="share" onClick={send}>
              {shareText.send}
            </Button>
          </div>
        </div>
      )}
      {links.length > 0 && (
        <ul className={styles.links}>
          {links.map((link) => (
            <ShareLinkRow
              key={link.id}
              link={link}
              mayShare={mayShare}
              busy={withdraw.isPending}
              onCode={() => setHanding(link.id)}
              onWithdraw={() => setLeaving(link.id)}
            />
          ))}
        </ul>
      )}
      {mayShare && replaced && <p className={styles.replaced}>{shareText.replaced(before.revision)}</p>}
      {mayShare && (
        <Button
          icon="link"
          look={replaced ? "primary" : undefined}
          busy={create.isPending}
          data-next-link
          onClick={() => create.mutate()}
        >
          {replaced ? shareText.createNew : links.length === 0 ? shareText.create : shareText.createMore}
        </Button>
      )}
      {problem && <ProblemNote problem={asProblem(problem)} />}
      <ShareLooks looks={shares.data.looks} />
      <Sheet
        open={leaving !== null}
        onClose={() => setLeaving(null)}
        title={shareText.withdrawTitle}
        footer={
          <SheetActs
            look="danger"
            busy={withdraw.isPending}
            onClose={() => setLeaving(null)}
            onClick={() => leaving !== null && withdraw.mutate(leaving)}
          >
            {shareText.withdraw}
          </SheetActs>
        }
      >
        <p>{shareText.withdrawAsk}</p>
      </Sheet>
      {handing !== null && <CodeSheet quote={quote} share={handing} onClose={() => setHanding(null)} />}
    </Card>
  );
}
