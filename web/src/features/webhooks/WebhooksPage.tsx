import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Webhook } from "../../api/types";
import { Button } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { SecretSheet } from "../../parts/SecretSheet";
import { webhookText } from "../../text/webhooks";
import { HowItFares } from "./HowItFares";
import { WebhookSheet } from "./WebhookSheet";
import styles from "./Webhooks.module.css";
import { webhooksQuery } from "./webhookApi";

/** Addresses of other systems that are told what happens here. */
export function WebhooksPage() {
  const [making, setMaking] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const query = useQuery(webhooksQuery);
  const make = (
    <Button look="primary" icon="plus" disabled={!query.data} onClick={() => setMaking(true)}>
      {webhookText.make}
    </Button>
  );
  return (
    <Page
      title={webhookText.title}
      back="/me"
      width="record"
      actions={query.data && query.data.items.length > 0 ? make : undefined}
    >
      <p className={styles.lead}>{webhookText.lead}</p>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="external" title={webhookText.empty} hint={webhookText.emptyHint}>
              {make}
            </EmptyState>
          ) : (
            <ul className={styles.list} aria-label={webhookText.list}>
              {items.map((webhook) => (
                <WebhookRow key={webhook.id} of={webhook} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {making && query.data && (
        <WebhookSheet
          of={null}
          topics={query.data.topics}
          insideAllowed={query.data.inside_allowed}
          onKept={(shown) => {
            setMaking(false);
            setSecret(shown);
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {secret !== null && (
        <SecretSheet
          {...webhookText.secretSheet}
          secret={secret}
          uses={[webhookText.secretUse]}
          onClose={() => setSecret(null)}
        />
      )}
    </Page>
  );
}

function WebhookRow({ of: webhook }: { of: Webhook }) {
  return (
    <li>
      <div>
        <Link to="/webhooks/$webhookId" params={{ webhookId: String(webhook.id) }} className={styles.name}>
          {webhook.name}
        </Link>
        <small>{webhook.address}</small>
      </div>
      <small>
        {webhook.org?.name ?? webhookText.whole} ·{" "}
        {webhook.topics.map((topic) => topic.name).join(webhookText.between)}
      </small>
      <HowItFares of={webhook} />
    </li>
  );
}
