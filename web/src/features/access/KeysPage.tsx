import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { ApiKey, MadeApiKey } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { dayOf, formatAgo, formatDay } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { ProblemNote } from "../../parts/ProblemNote";
import { SecretSheet } from "../../parts/SecretSheet";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { operationText } from "../../text/operation";
import styles from "./KeysPage.module.css";
import { NewKeySheet } from "./NewKeySheet";

/** Keys with which programs work in a person's name: made, seen, revoked. */
export function KeysPage() {
  const cache = useQueryClient();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<MadeApiKey | null>(null);
  const [ending, setEnding] = useState<ApiKey | null>(null);
  const query = useQuery({
    queryKey: ["keys"],
    queryFn: ({ signal }) => read(client.GET("/api/keys", { signal })),
  });
  const again = () => cache.invalidateQueries({ queryKey: ["keys"] });
  return (
    <Page
      title={operationText.keys}
      back="/me"
      width="record"
      actions={
        <Button look="primary" icon="plus" disabled={!query.data} onClick={() => setMaking(true)}>
          {operationText.keyNew}
        </Button>
      }
    >
      <p className={styles.lead}>
        {operationText.keysLead} <a href="/api/docs">{operationText.keyDocs}</a>
      </p>
      <Loaded query={query}>
        {(keys) =>
          keys.items.length === 0 ? (
            <EmptyState icon="lock" title={operationText.keysEmpty} hint={operationText.keysEmptyHint} />
          ) : (
            <ul className={styles.list} aria-label={operationText.keysList}>
              {keys.items.map((key) => (
                <KeyRow key={key.id} of={key} named={keys.everybodys} onEnd={() => setEnding(key)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {making && query.data && (
        <NewKeySheet
          rights={query.data.rights}
          onMade={(key) => {
            setMaking(false);
            setMade(key);
            again();
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {made && (
        <SecretSheet
          {...operationText.keySheet}
          secret={made.secret}
          uses={[operationText.keyUse(operationText.keyTail(made.secret.slice(-4)))]}
          onClose={() => setMade(null)}
        />
      )}
      {ending && (
        <RevokeSheet
          of={ending}
          onDone={() => {
            setEnding(null);
            again();
          }}
          onClose={() => setEnding(null)}
        />
      )}
    </Page>
  );
}

interface KeyRowProps {
  of: ApiKey;
  /** Keys of several people are listed. */
  named: boolean;
  onEnd: () => void;
}

function KeyRow({ of: key, named, onEnd }: KeyRowProps) {
  const used = key.used_at === null ? operationText.keyUnused : operationText.keyUsed(formatAgo(key.used_at));
  const over = key.revoked_at === null ? operationText.keyOver : operationText.keyRevoked;
  return (
    <li>
      <div>
        <b>{key.name}</b> {operationText.keyTail(key.hint)}
        {named && <small>{key.person.name}</small>}
      </div>
      <small>{key.rights.map((right) => right.name).join(operationText.between)}</small>
      <div>
        <Badge tone={key.active ? "brand" : "plain"}>{key.active ? operationText.keyActive : over}</Badge>
        <small>{used}</small>
        {key.active && <small>{operationText.keyEnds(formatDay(dayOf(key.expires_at)))}</small>}
      </div>
      {key.active && (
        <Button look="danger" onClick={onEnd}>
          {operationText.keyRevoke}
        </Button>
      )}
    </li>
  );
}

interface RevokeSheetProps {
  of: ApiKey;
  onDone: () => void;
  onClose: () => void;
}

function RevokeSheet({ of: key, onDone, onClose }: RevokeSheetProps) {
  const revoke = useMutation({
    mutationFn: () => read(client.DELETE("/api/keys/{id}", { params: { path: { id: key.id } } })),
    onSuccess: () => {
      toast(operationText.keyRevokeDone);
      onDone();
    },
  });
  return (
    <Sheet
      open
      onClose={onClose}
      title={operationText.keyRevokeTitle(key.name)}
      footer={
        <SheetActs onClose={onClose} look="danger" busy={revoke.isPending} onClick={() => revoke.mutate()}>
          {operationText.keyRevoke}
        </SheetActs>
      }
    >
      <p>{operationText.keyRevokeExplains}</p>
      {revoke.error && <ProblemNote problem={asProblem(revoke.error)} />}
    </Sheet>
  );
}
