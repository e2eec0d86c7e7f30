import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client, read } from "../../api/client";
import { openRegions, orgsQuery } from "../../api/orgs";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import { draftKey } from "../../kinds/config/draftApi";
import { Choice, TextField } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { useTyped } from "../../parts/useTyped";
import { listsText } from "../../text/lists";
import { useConfigChanged } from "./configApi";

const words = listsText.make;
type ListClass = "region" | "contract" | "list";

/** A new price list: of which class, where, and what it is called. Head office makes all of them, a region its own. */
export function NewListSheet({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const changed = useConfigChanged();
  const me = useQuery(meQuery).data;
  const orgs = useQuery(orgsQuery).data?.items;
  const hq = orgs?.find((org) => org.kind === "hq");
  const regional = hq === undefined || me?.org.id !== hq.id;
  const regions = openRegions(orgs);
  const [sort, setSort] = useState<ListClass>("region");
  const [region, setRegion] = useState(0);
  const [name, setName] = useState("");
  const typed = useTyped([sort, region, name]);
  const [asked, setAsked] = useState(false);
  const [only] = regions;
  const chosen = region || (regions.length === 1 && only ? only.id : 0);
  const scope = sort === "region" ? chosen : (hq?.id ?? 0);
  const make = useMutation({
    mutationFn: () =>
      read(
        client.POST("/api/config/items", {
          body: { kind: "price_list", class: sort, name: name.trim(), scope },
        }),
      ),
    onSuccess: (draft) => {
      cache.setQueryData(draftKey(draft.id), draft);
      changed();
      navigate({ to: "/config/drafts/$draftId", params: { draftId: String(draft.id) } });
    },
  });
  const save = () => {
    setAsked(true);
    if (name.trim() !== "" && scope !== 0) make.mutate();
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={words.title}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} busy={make.isPending} onClick={save}>
          {words.go}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 16 }}>
        <Choice
          label={words.class}
          hint={words.hint}
          value={sort}
          onChange={(event) => setSort(event.target.value as ListClass)}
        >
          <option value="region">{words.classes.region}</option>
          {!regional && <option value="contract">{words.classes.contract}</option>}
          {!regional && <option value="list">{words.classes.list}</option>}
        </Choice>
        {sort === "region" && (
          <Choice
            label={words.scope}
            error={asked && chosen === 0 ? words.scopeMissing : undefined}
            value={chosen}
            onChange={(event) => setRegion(Number(event.target.value))}
          >
            <option value={0}>{words.scopeMissing}</option>
            {regions.map((org) => (
              <option key={org.id} value={org.id}>
                {org.name}
              </option>
            ))}
          </Choice>
        )}
        <TextField
          label={words.name}
          hint={words.nameHint}
          error={asked && name.trim() === "" ? words.nameMissing : undefined}
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          data-autofocus
        />
        {make.error && <ProblemNote problem={asProblem(make.error)} />}
      </div>
    </Sheet>
  );
}
