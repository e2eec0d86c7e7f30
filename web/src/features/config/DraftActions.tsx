import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Draft } from "../../api/types";
import { Button } from "../../parts/Button";
import { formatMoment, serverNow } from "../../parts/format";
import { MoreMenu } from "../../parts/MoreMenu";
import { ReasonSheet } from "../../parts/ReasonSheet";
import { toast } from "../../parts/toast";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import { useConfigChanged, useDraftStep } from "./configApi";
import { SubmitSheet } from "./SubmitSheet";

/** The next step of the draft, and behind it the ways back. */
export function DraftActions({ draft, blocks }: { draft: Draft; blocks: number }) {
  const navigate = useNavigate();
  const changed = useConfigChanged();
  const [submitting, setSubmitting] = useState(false);
  const [returning, setReturning] = useState(false);
  const path = { params: { path: { id: draft.id } } };
  const confirm = useDraftStep(() =>
    read(client.POST("/api/config/drafts/{id}/confirm", { ...path, body: {} })),
  );
  const giveBack = useDraftStep<string>(
    (reason) => read(client.POST("/api/config/drafts/{id}/return", { ...path, body: { reason } })),
    () => setReturning(false),
  );
  const publish = useDraftStep(
    () => read(client.POST("/api/config/drafts/{id}/publish", { ...path, body: {} })),
    ({ published }) => {
      if (!published) return;
      const later = published.effective_at > serverNow();
      toast(
        later
          ? configText.scheduled(published.n, formatMoment(published.effective_at))
          : configText.published(published.n),
      );
      navigate({
        to: "/config/items/$itemId",
        params: { itemId: String(draft.item.id) },
        search: { tab: "history" },
      });
    },
  );
  const discard = useMutation({
    mutationFn: () => read(client.DELETE("/api/config/drafts/{id}", { ...path, ...ifMatch(draft.version) })),
    onSuccess: async () => {
      toast(configText.discarded);
      await navigate({ to: "/config/items/$itemId", params: { itemId: String(draft.item.id) }, search: {} });
      changed();
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  const may = (action: string) => draft.actions.includes(action);
  return (
    <>
      {may("return") && (
        <Button look="text" onClick={() => setReturning(true)}>
          {configText.return}
        </Button>
      )}
      {may("submit") && (
        <Button
          look="primary"
          disabled={blocks > 0}
          title={blocks > 0 ? configText.checksSummary(blocks, 0) : undefined}
          onClick={() => setSubmitting(true)}
        >
          {configText.submit}
        </Button>
      )}
      {may("confirm") && (
        <Button
          look="primary"
          icon="check"
          busy={confirm.isPending}
          disabled={blocks > 0}
          onClick={() => confirm.mutate()}
        >
          {configText.confirm}
        </Button>
      )}
      {may("publish") && (
        <Button look="primary" busy={publish.isPending} onClick={() => publish.mutate()}>
          {configText.publish}
        </Button>
      )}
      {may("discard") && (
        <MoreMenu
          label={baseText.more}
          actions={[{ word: configText.discard, icon: "trash", danger: true, act: () => discard.mutate() }]}
        />
      )}
      {submitting && <SubmitSheet draft={draft} onClose={() => setSubmitting(false)} />}
      <ReasonSheet
        open={returning}
        title={configText.returnTitle}
        explains={configText.returnExplains}
        action={configText.return}
        busy={giveBack.isPending}
        problem={giveBack.error ? asProblem(giveBack.error) : null}
        onClose={() => setReturning(false)}
        onReason={(reason) => giveBack.mutate(reason)}
      />
    </>
  );
}
