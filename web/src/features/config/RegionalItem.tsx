import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client, read } from "../../api/client";
import { openRegions, orgsQuery } from "../../api/orgs";
import { asProblem } from "../../api/problem";
import { meQuery, useRight } from "../../api/session";
import { configKind, REGIONAL_KINDS } from "../../kinds/config/list";
import { Button } from "../../parts/Button";
import { Choice } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { templateText } from "../../text/templates";
import { useConfigChanged } from "./configApi";

/** A region gets a template or a seal of its own; head office gives it. */
export function RegionalItem() {
  const may = useRight("config.edit");
  const me = useQuery(meQuery).data;
  const hq = useQuery({ ...orgsQuery, enabled: may }).data?.items.find((org) => org.kind === "hq");
  const [open, setOpen] = useState(false);
  if (!may || hq === undefined || me?.org.id !== hq.id) return null;
  return (
    <>
      <Button small icon="plus" onClick={() => setOpen(true)}>
        {templateText.regional}
      </Button>
      {open && <RegionalSheet onClose={() => setOpen(false)} />}
    </>
  );
}

function RegionalSheet({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const changed = useConfigChanged();
  const [kind, setKind] = useState(REGIONAL_KINDS[0] ?? "");
  const [picked, setPicked] = useState<number | null>(null);
  const orgs = useQuery(orgsQuery);
  const regions = openRegions(orgs.data?.items);
  const region = picked ?? regions[0]?.id ?? null;
  const make = useMutation({
    mutationFn: (org_id: number) =>
      read(client.POST("/api/config/regional-items", { body: { kind, org_id } })),
    onSuccess: (item) => {
      changed();
      navigate({ to: "/config/items/$itemId", params: { itemId: String(item.id) } });
    },
  });
  return (
    <Sheet
      open
      onClose={onClose}
      title={templateText.regional}
      footer={
        <SheetActs
          onClose={onClose}
          busy={make.isPending}
          disabled={region === null}
          onClick={() => region !== null && make.mutate(region)}
        >
          {templateText.regionalOpen}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 12 }}>
        <p style={{ color: "var(--ink-2)" }}>{templateText.regionalHint}</p>
        <Choice
          label={templateText.regionalKind}
          value={kind}
          onChange={(event) => setKind(event.target.value)}
        >
          {REGIONAL_KINDS.map((one) => (
            <option key={one} value={one}>
              {configKind(one)?.regional}
            </option>
          ))}
        </Choice>
        <Choice
          label={templateText.regionalOrg}
          value={region ?? ""}
          onChange={(event) => setPicked(Number(event.target.value))}
        >
          {regions.map((org) => (
            <option key={org.id} value={org.id}>
              {org.name}
            </option>
          ))}
        </Choice>
        {(make.error ?? orgs.error) && <ProblemNote problem={asProblem(make.error ?? orgs.error)} />}
      </div>
    </Sheet>
  );
}
