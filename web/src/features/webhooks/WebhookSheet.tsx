import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem, fieldFaults } from "../../api/problem";
import type { Webhook, WebhookTopic } from "../../api/types";
import { Choice, TextField } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { useTyped } from "../../parts/useTyped";
import { webhookText } from "../../text/webhooks";
import { TopicPicker } from "./TopicPicker";
import styles from "./Webhooks.module.css";
import { useKeep } from "./webhookApi";

const NAME_LETTERS_MAX = 40;
const ADDRESS_LETTERS_MAX = 500;

interface WebhookSheetProps {
  /** The address that is changed; null: a new one. */
  of: Webhook | null;
  topics: WebhookTopic[];
  insideAllowed: boolean;
  /** With the secret of a new one. */
  onKept: (secret: string | null) => void;
  onClose: () => void;
}

/** An address: whose, where to, of what, of which part of the company. */
export function WebhookSheet({ of, topics, insideAllowed, onKept, onClose }: WebhookSheetProps) {
  const [name, setName] = useState(of?.name ?? "");
  const [address, setAddress] = useState(of?.address ?? "");
  const [org, setOrg] = useState(of?.org ? String(of.org.id) : "");
  const [chosen, setChosen] = useState<string[]>(of?.topics.map((topic) => topic.id) ?? []);
  const [active, setActive] = useState(of?.active ?? true);
  const typed = useTyped([name, address, org, chosen, active]);
  const [asked, setAsked] = useState(false);
  const keep = useKeep(of);
  const problem = keep.error ? asProblem(keep.error) : null;
  const faults = fieldFaults(problem);
  const missing = { name: name.trim() === "", address: address.trim() === "", topics: chosen.length === 0 };
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.values(missing).some((one) => one) || keep.isPending) return;
    const org_id = org === "" ? null : Number(org);
    const body = { name: name.trim(), address: address.trim(), topics: chosen, org_id, active };
    keep.mutate(body, {
      onSuccess: ({ secret }) => {
        if (of !== null) toast(webhookText.saved);
        onKept(secret);
      },
    });
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={of === null ? webhookText.make : webhookText.edit}
      typed={typed}
      size={560}
      tall
      footer={
        <SheetActs onClose={onClose} type="submit" form="webhook" busy={keep.isPending}>
          {of === null ? webhookText.create : webhookText.save}
        </SheetActs>
      }
    >
      <form id="webhook" className={styles.form} onSubmit={send} noValidate>
        <TextField
          label={webhookText.name}
          hint={webhookText.nameHint}
          error={asked && missing.name ? webhookText.nameMissing : faults.name}
          value={name}
          maxLength={NAME_LETTERS_MAX}
          onChange={(event) => setName(event.target.value)}
          data-autofocus
        />
        <TextField
          label={webhookText.address}
          hint={insideAllowed ? webhookText.addressHintInside : webhookText.addressHint}
          error={asked && missing.address ? webhookText.addressMissing : faults.address}
          type="url"
          inputMode="url"
          value={address}
          maxLength={ADDRESS_LETTERS_MAX}
          onChange={(event) => setAddress(event.target.value)}
        />
        <OrgChoice value={org} error={faults.org_id} onChange={setOrg} />
        <TopicPicker topics={topics} chosen={chosen} missing={asked && missing.topics} onChange={setChosen} />
        {of !== null && (
          <label className={styles.check}>
            <input type="checkbox" checked={active} onChange={() => setActive(!active)} />
            <span>
              {webhookText.active}
              <small>{webhookText.activeHint}</small>
            </span>
          </label>
        )}
        {problem && <ProblemNote problem={problem} />}
      </form>
    </Sheet>
  );
}

interface OrgChoiceProps {
  value: string;
  error: string | undefined;
  onChange: (org: string) => void;
}

/** The whole company, or one region or branch. */
function OrgChoice({ value, error, onChange }: OrgChoiceProps) {
  const orgs =
    useQuery({ queryKey: ["orgs"], queryFn: ({ signal }) => read(client.GET("/api/orgs", { signal })) }).data
      ?.items ?? [];
  return (
    <Choice
      label={webhookText.org}
      error={error}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{webhookText.whole}</option>
      {orgs
        .filter((org) => org.kind !== "hq")
        .map((org) => (
          <option key={org.id} value={org.id}>
            {org.name}
          </option>
        ))}
    </Choice>
  );
}
