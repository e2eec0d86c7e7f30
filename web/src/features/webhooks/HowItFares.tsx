import type { Webhook } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { formatAgo } from "../../parts/format";
import { webhookText } from "../../text/webhooks";
import styles from "./Webhooks.module.css";

/** Whether an address is on, and whether it takes what it is told. */
export function HowItFares({ of: webhook }: { of: Webhook }) {
  const settled = webhook.dead === 0 && webhook.waiting === 0;
  return (
    <div className={styles.state}>
      <Badge tone={webhook.active ? "brand" : "plain"}>
        {webhook.active ? webhookText.on : webhookText.off}
      </Badge>
      {webhook.dead > 0 && (
        <Badge tone="risk" icon="warning">
          {webhookText.dead(webhook.dead)}
        </Badge>
      )}
      {webhook.waiting > 0 && <Badge tone="wait">{webhookText.waiting(webhook.waiting)}</Badge>}
      {webhook.off_reason !== null && <small>{webhook.off_reason}</small>}
      {webhook.active && webhook.failing_since !== null && (
        <small>{webhookText.failing(formatAgo(webhook.failing_since))}</small>
      )}
      {webhook.active && settled && webhook.failing_since === null && <small>{webhookText.fine}</small>}
    </div>
  );
}
