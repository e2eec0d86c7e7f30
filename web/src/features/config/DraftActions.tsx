import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Checks, Draft } from "../../api/types";
import { Button } from "../../parts/Button";
import { MoreMenu } from "../../parts/MoreMenu";
import { ReasonSheet } from "../../parts/ReasonSheet";
import { toast } from "../../parts/toast";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import { ConfirmSheet } from "./ConfirmSheet";
import { useConfigChanged, useDraftStep } from "./configApi";
import styles from "./DraftHead.module.css";
import { PublishSheet } from "./PublishSheet";
import { saidOfPublished } from "./publishing";
import { seenKey } from "./riskTicks";
import { SubmitSheet } from "./SubmitSheet";

/** The next step of the draft, and behind it the ways back. */
export function DraftActions({
  draft,
  checks,
  importing,
  unsaved,
}: {
  draft: Draft;
  /** Undefined while they are read. */
  checks: Checks | undefined;
  /** A file is open and not yet taken into the draft. */
  importing: boolean;
  /** Rows wait to be saved: what is handed on would be without them. */
  unsaved: boolean;
}) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const changed = useConfigChanged();
  const [submitting, setSubmitting] = useState(false);
  const [returning, setReturning] = useState(false);
  const [publishing, setPublishing] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const { blocks = 0, risks } = checks ?? {};
  const path = { params: { path: { id: draft.id } } };
  const confirm = useDraftStep<string | undefined>(
    async (seen) => {
      const after = await read(client.POST("/api/config/drafts/{id}/confirm", { ...path, body: { seen } }));
      if (seen !== undefined) cache.setQueryData(seenKey(draft.id), seen);
      return after;
    },
    () => setConfirming(false),
  );
  const giveBack = useDraftStep<string>(
    (reason) => read(client.POST("/api/config/drafts/{id}/return", { ...path, body: { reason } })),
    () => setReturning(false),
  );
  const publish = useDraftStep<string | undefined>(
    (seen) => read(client.POST("/api/config/drafts/{id}/publish", { ...path, body: { seen } })),
    (after) => {
      const said = saidOfPublished(after);
      if (said === null) return;
      toast(said);
      navigate({
        to: "/config/items/$itemId",
        params: { itemId: String(draft.item.id) },
        search: { tab: "history" },
      });
    },
  );
  // Whoever changes a submitted draft takes it back; the same name again changes nothing else.
  const withdraw = useDraftStep(
    () =>
      read(
        client.PATCH("/api/config/drafts/{id}", {
          ...path,
          body: { title: draft.title },
          ...ifMatch(draft.version),
        }),
      ),
    () => toast(configText.withdrawn),
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
      {may("edit") && draft.state !== "editing" && (
        <Button look="text" icon="undo" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
          {configText.withdraw}
        </Button>
      )}
      {may("return") && !may("edit") && (
        <Button look="text" onClick={() => setReturning(true)}>
          {configText.return}
        </Button>
      )}
      {may("submit") && !importing && blocks > 0 && (
        <span className={styles.why}>{configText.submitBlocked(blocks)}</span>
      )}
      {may("submit") && !importing && (
        <Button
          look="primary"
          disabled={blocks > 0 || unsaved}
          title={unsaved ? configText.unsavedRows : undefined}
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
          disabled={checks === undefined || blocks > 0}
          onClick={() => (risks && risks.count > 0 ? setConfirming(true) : confirm.mutate(undefined))}
        >
          {configText.confirm}
        </Button>
      )}
      {may("publish") && (
        <Button look="primary" onClick={() => setPublishing(true)}>
          {configText.publish}
        </Button>
      )}
      {may("discard") && (
        <MoreMenu
          label={baseText.more}
          actions={[{ word: configText.discard, icon: "trash", danger: true, act: () => discard.mutate() }]}
        />
      )}
      {submitting && <SubmitSheet draft={draft} risks={risks} onClose={() => setSubmitting(false)} />}
      {confirming && risks && (
        <ConfirmSheet
          draft={draft}
          risks={risks}
          busy={confirm.isPending}
          problem={confirm.error ? asProblem(confirm.error) : null}
          onConfirm={(seen) => confirm.mutate(seen)}
          onClose={() => {
            confirm.reset();
            setConfirming(false);
          }}
        />
      )}
      {publishing && (
        <PublishSheet
          draft={draft}
          risks={risks}
          busy={publish.isPending}
          problem={publish.error ? asProblem(publish.error) : null}
          onPublish={(seen) => publish.mutate(seen)}
          onClose={() => {
            publish.reset();
            setPublishing(false);
          }}
        />
      )}
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
