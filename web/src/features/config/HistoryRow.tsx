import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Item, Revision } from "../../api/types";
import { Badge, type Tone } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { formatMoment } from "../../parts/format";
import type { IconName } from "../../parts/Icon";
import { MoreMenu } from "../../parts/MoreMenu";
import { ReasonSheet } from "../../parts/ReasonSheet";
import { toast } from "../../parts/toast";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import { Differences } from "./CompareView";
import { useConfigChanged } from "./configApi";
import styles from "./History.module.css";

const TONES: Record<Revision["state"], Tone> = {
  in_force: "money",
  queued: "info",
  past: "plain",
  cancelled: "plain",
};
type Act = "rollback" | "void" | "cancel";

const ACTS: { act: Act; word: string; icon: IconName; danger?: boolean }[] = [
  { act: "rollback", word: configText.rollback, icon: "undo" },
  { act: "cancel", word: configText.cancelRelease, icon: "close", danger: true },
  { act: "void", word: configText.void, icon: "lock", danger: true },
];

interface HistoryRowProps {
  item: Item;
  revision: Revision;
  picked: boolean;
  onPick: () => void;
  onCompare: () => void;
}

const wordsOf = (act: Act, n: number) =>
  ({
    rollback: {
      title: configText.rollbackTitle(n),
      explains: configText.rollbackExplains(n),
      action: configText.rollback,
    },
    void: { title: configText.voidTitle(n), explains: configText.voidExplains, action: configText.void },
    cancel: {
      title: configText.cancelReleaseTitle(n),
      explains: configText.cancelReleaseExplains,
      action: configText.cancelRelease,
    },
  })[act];

/** One revision: when it held, who made it, what it changed, and what may be done about it. */
export function HistoryRow({ item, revision, picked, onPick, onCompare }: HistoryRowProps) {
  const changed = useConfigChanged();
  const [asking, setAsking] = useState<Act | null>(null);
  const { n } = revision;
  const act = useMutation({
    mutationFn: async ({ kind, reason }: { kind: Act; reason: string }): Promise<string> => {
      const path = { id: item.id };
      if (kind === "rollback") {
        const draft = await read(
          client.POST("/api/config/items/{id}/rollback", { params: { path }, body: { to: n, reason } }),
        );
        return configText.rolledBack(draft.published?.n ?? n);
      }
      if (kind === "void") {
        await read(
          client.POST("/api/config/items/{id}/revisions/{n}/void", {
            params: { path: { ...path, n } },
            body: { reason },
          }),
        );
        return configText.voided;
      }
      await read(
        client.POST("/api/config/releases/{id}/cancel", {
          params: { path: { id: revision.release_id } },
          body: { reason },
        }),
      );
      return configText.releaseCancelled;
    },
    onSuccess: (said) => {
      changed();
      setAsking(null);
      toast(said);
    },
  });
  const may = (name: Act) => revision.actions.includes(name);
  const ask = (name: Act) => {
    act.reset();
    setAsking(name);
  };
  const words = asking && wordsOf(asking, n);
  return (
    <li className={styles.row}>
      <label>
        <input type="checkbox" checked={picked} aria-label={configText.versionPicked(n)} onChange={onPick} />
      </label>
      <span className={styles.n}>{baseText.version(n)}</span>
      <div className={styles.text}>
        <p>
          {formatMoment(revision.effective_at)}
          <Badge tone={TONES[revision.state]}>{configText.revStates[revision.state]}</Badge>
          {revision.void && <Badge tone="risk">{configText.voided}</Badge>}
          {revision.restores_n !== null && <Badge>{configText.restores(n, revision.restores_n)}</Badge>}
        </p>
        <small>
          {[
            configText.counts(revision.counts.added, revision.counts.changed, revision.counts.removed),
            configText.confirmedLine(revision.author.name, revision.confirmed_by?.name ?? null),
          ].join(" · ")}
        </small>
        {(revision.void?.reason || revision.note) && <small>{revision.void?.reason ?? revision.note}</small>}
      </div>
      <span className={styles.acts}>
        {revision.state !== "in_force" && (
          <Button look="text" small onClick={onCompare}>
            {configText.compare}
          </Button>
        )}
        <MoreMenu
          label={`${baseText.more} ${baseText.version(n)}`}
          actions={ACTS.filter((one) => may(one.act)).map((one) => ({ ...one, act: () => ask(one.act) }))}
        />
      </span>
      {words && asking && (
        <ReasonSheet
          open
          title={words.title}
          explains={words.explains}
          action={words.action}
          look={asking === "rollback" ? "primary" : "danger"}
          size={asking === "rollback" ? 760 : undefined}
          busy={act.isPending}
          problem={act.error ? asProblem(act.error) : null}
          onClose={() => setAsking(null)}
          onReason={(reason) => act.mutate({ kind: asking, reason })}
        >
          {asking === "rollback" && item.in_force && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself is reached by the keyboard too
            <section className={styles.preview} aria-label={configText.rollbackDiff} tabIndex={0}>
              <h3>{configText.rollbackDiff}</h3>
              <Differences item={item} from={item.in_force.n} to={n} />
            </section>
          )}
        </ReasonSheet>
      )}
    </li>
  );
}
