import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Webhook, WebhookDelivery } from "../../api/types";
import { Badge, type Tone } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { formatMoment } from "../../parts/format";
import { PagedRows } from "../../parts/PagedRows";
import { TabBar } from "../../parts/TabBar";
import { webhookText } from "../../text/webhooks";
import styles from "./Webhooks.module.css";
import { deliveriesQuery, type useActs } from "./webhookApi";

const STATES = ["", "waiting", "dead", "done"];

interface DeliveryListProps {
  of: Webhook;
  acts: ReturnType<typeof useActs>;
}

/** What one address was told, the newest first, and what came of it. */
export function DeliveryList({ of: webhook, acts }: DeliveryListProps) {
  const [state, setState] = useState("");
  const query = useInfiniteQuery(deliveriesQuery(webhook, state));
  const counts: Record<string, number> = { waiting: webhook.waiting, dead: webhook.dead };
  const count = (key: string) => ((counts[key] ?? 0) > 0 ? counts[key] : undefined);
  const none = state === "" ? webhookText.deliveriesEmpty : webhookText.deliveriesNone;
  return (
    <section aria-label={webhookText.deliveries}>
      <div className={styles.head}>
        <h2>{webhookText.deliveries}</h2>
        {webhook.dead > 0 && webhook.active && (
          <Button icon="undo" busy={acts.resendDead.isPending} onClick={() => acts.resendDead.mutate()}>
            {webhookText.resendDead(webhook.dead)}
          </Button>
        )}
      </div>
      <TabBar
        label={webhookText.deliveries}
        tabs={STATES.map((key) => ({ key, word: webhookText.states[key] ?? key, count: count(key) }))}
        current={state}
        onPick={setState}
      />
      <PagedRows
        query={query}
        empty={
          <EmptyState
            icon="history"
            title={none}
            hint={state === "" ? webhookText.deliveriesEmptyHint : undefined}
          />
        }
      >
        {(rows) => (
          <ul className={styles.told} aria-label={webhookText.deliveriesList}>
            {rows.map((row) => (
              <DeliveryRow
                key={row.id}
                of={row}
                onResend={webhook.active ? () => acts.resend.mutate(row.id) : undefined}
                busy={acts.resend.isPending && acts.resend.variables === row.id}
              />
            ))}
          </ul>
        )}
      </PagedRows>
      <p className={styles.lead}>{webhookText.kept}</p>
    </section>
  );
}

function stateOf(row: WebhookDelivery): { tone: Tone; word: string } {
  if (row.sending) return { tone: "info", word: webhookText.stateSending };
  if (row.state === "done") return { tone: "brand", word: webhookText.stateDone };
  if (row.state === "dead") return { tone: "risk", word: webhookText.stateDead };
  return { tone: "wait", word: webhookText.stateWaiting };
}

interface DeliveryRowProps {
  of: WebhookDelivery;
  /** Nothing is sent to an address that is off. */
  onResend: (() => void) | undefined;
  busy: boolean;
}

function DeliveryRow({ of: row, onResend, busy }: DeliveryRowProps) {
  const { tone, word } = stateOf(row);
  const about = row.record;
  const kind = about && (webhookText.kinds[about.kind] ?? about.kind);
  return (
    <li>
      <div>
        <b>{row.topic_name}</b>
        {about && <span>{webhookText.record(kind ?? "", about.number ?? "")}</span>}
        <small>{formatMoment(row.happened_at)}</small>
      </div>
      <div className={styles.state}>
        <Badge tone={tone}>{word}</Badge>
        {row.code !== null && <small>{webhookText.answered(row.code)}</small>}
        {row.attempts > 1 && <small>{webhookText.tried(row.attempts)}</small>}
        {row.next_at !== null && row.attempts > 0 && !row.sending && (
          <small>{webhookText.next(formatMoment(row.next_at))}</small>
        )}
      </div>
      {onResend && row.state !== "waiting" && (
        <Button small icon="undo" busy={busy} onClick={onResend}>
          {webhookText.resend}
        </Button>
      )}
      {row.state !== "done" && row.failure !== null && <p className={styles.why}>{row.failure}</p>}
      {row.state !== "done" && row.answer !== null && row.answer !== "" && (
        <p className={styles.answer}>{row.answer}</p>
      )}
    </li>
  );
}
