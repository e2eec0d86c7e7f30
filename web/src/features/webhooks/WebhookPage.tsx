import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { Webhook } from "../../api/types";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { Facts } from "../../parts/Facts";
import { Loaded } from "../../parts/Loaded";
import { MoreMenu } from "../../parts/MoreMenu";
import { Page } from "../../parts/Page";
import { ProblemNote } from "../../parts/ProblemNote";
import { SecretSheet } from "../../parts/SecretSheet";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { webhookText } from "../../text/webhooks";
import { DeliveryList } from "./DeliveryList";
import { HowItFares } from "./HowItFares";
import { WebhookSheet } from "./WebhookSheet";
import { editOf, useActs, useKeep, webhookQuery, webhooksQuery } from "./webhookApi";

const route = getRouteApi("/app/webhooks/$webhookId");

/** One address: how it fares, what it was told, and what one can do about it. */
export function WebhookPage() {
  const id = Number(route.useParams().webhookId);
  const query = useQuery(webhookQuery(id));
  return <Loaded query={query}>{(webhook) => <OneWebhook of={webhook} />}</Loaded>;
}

type Open = "edit" | "renew" | "remove" | null;

function OneWebhook({ of: webhook }: { of: Webhook }) {
  const [open, setOpen] = useState<Open>(null);
  const all = useQuery(webhooksQuery).data;
  const acts = useActs(webhook.id);
  const turn = useKeep(webhook);
  const turnTo = (active: boolean) =>
    turn.mutate(
      { ...editOf(webhook), active },
      { onSuccess: () => toast(active ? webhookText.turnedOn : webhookText.turnedOff) },
    );
  const failed = acts.ping.error ?? turn.error ?? acts.resend.error ?? acts.resendDead.error;
  return (
    <Page
      title={webhook.name}
      back="/webhooks"
      width="record"
      actions={
        <>
          <Button icon="share" busy={acts.ping.isPending} onClick={() => acts.ping.mutate()}>
            {webhookText.ping}
          </Button>
          {!webhook.active && (
            <Button look="primary" icon="check" busy={turn.isPending} onClick={() => turnTo(true)}>
              {webhookText.turnOn}
            </Button>
          )}
          <MoreMenu
            label={webhookText.more}
            actions={[
              { word: webhookText.edit, icon: "edit", act: () => setOpen("edit") },
              ...(webhook.active
                ? [{ word: webhookText.turnOff, icon: "close" as const, act: () => turnTo(false) }]
                : []),
              { word: webhookText.secretRenew, icon: "lock", act: () => setOpen("renew") },
              { word: webhookText.remove, icon: "trash", danger: true, act: () => setOpen("remove") },
            ]}
          />
        </>
      }
    >
      {failed && <ProblemNote problem={asProblem(failed)} />}
      <Card>
        <HowItFares of={webhook} />
        <Facts
          facts={[
            { label: webhookText.address, value: webhook.address },
            { label: webhookText.org, value: webhook.org?.name ?? webhookText.whole },
            {
              label: webhookText.topics,
              value: webhook.topics.map((topic) => topic.name).join(webhookText.between),
            },
          ]}
        />
      </Card>
      <DeliveryList of={webhook} acts={acts} />
      {open === "edit" && all && (
        <WebhookSheet
          of={webhook}
          topics={all.topics}
          insideAllowed={all.inside_allowed}
          onKept={() => setOpen(null)}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "renew" && <RenewSheet of={webhook} onClose={() => setOpen(null)} />}
      {open === "remove" && <RemoveSheet of={webhook} acts={acts} onClose={() => setOpen(null)} />}
    </Page>
  );
}

function RenewSheet({ of: webhook, onClose }: { of: Webhook; onClose: () => void }) {
  const { renew } = useActs(webhook.id);
  if (renew.data)
    return (
      <SecretSheet
        {...webhookText.secretSheet}
        secret={renew.data.secret}
        uses={[webhookText.secretRenewed, webhookText.secretUse]}
        onClose={onClose}
      />
    );
  return (
    <Sheet
      open
      onClose={onClose}
      title={webhookText.secretRenewTitle(webhook.name)}
      footer={
        <SheetActs onClose={onClose} busy={renew.isPending} onClick={() => renew.mutate()}>
          {webhookText.secretRenewGo}
        </SheetActs>
      }
    >
      <p>{webhookText.secretRenewExplains}</p>
      {renew.error && <ProblemNote problem={asProblem(renew.error)} />}
    </Sheet>
  );
}

interface RemoveSheetProps {
  of: Webhook;
  acts: ReturnType<typeof useActs>;
  onClose: () => void;
}

function RemoveSheet({ of: webhook, acts: { remove }, onClose }: RemoveSheetProps) {
  const navigate = useNavigate();
  const gone = () => {
    toast(webhookText.removed);
    navigate({ to: "/webhooks", replace: true });
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={webhookText.removeTitle(webhook.name)}
      footer={
        <SheetActs
          onClose={onClose}
          look="danger"
          busy={remove.isPending}
          onClick={() => remove.mutate(undefined, { onSuccess: gone })}
        >
          {webhookText.remove}
        </SheetActs>
      }
    >
      <p>{webhookText.removeExplains}</p>
      {remove.error && <ProblemNote problem={asProblem(remove.error)} />}
    </Sheet>
  );
}
