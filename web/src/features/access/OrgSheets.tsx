import { type FormEvent, useState } from "react";
import { openOrgs } from "../../api/orgs";
import { asProblem, fieldFaults } from "../../api/problem";
import type { Org } from "../../api/types";
import { Choice, TextField } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { useTyped } from "../../parts/useTyped";
import { accessText } from "../../text/access";
import { orgsText } from "../../text/orgs";
import { useOrgActs } from "./useOrgActs";

const CODE = /^[A-Za-z]{1,4}$/;
const NAME_LETTERS = 40;

interface OrgAddProps {
  orgs: readonly Org[];
  /** Beneath which it is to stand; one can still choose another. */
  parent: Org;
  onClose: () => void;
}

/** A region beneath head office, or a branch beneath a region or head office. */
export function OrgAdd({ orgs, parent, onClose }: OrgAddProps) {
  const { add } = useOrgActs(onClose);
  const [parentId, setParentId] = useState(parent.id);
  const [wanted, setWanted] = useState("branch");
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const typed = useTyped([parentId, wanted, name, code]);
  const [asked, setAsked] = useState(false);
  const parents = openOrgs(orgs).filter((org) => org.kind !== "branch");
  const chosen = parents.find((org) => org.id === parentId) ?? parent;
  const kind = chosen.kind === "hq" ? wanted : "branch";
  const problem = add.error ? asProblem(add.error) : null;
  const faults = fieldFaults(problem);
  const nameless = name.trim() === "";
  const badCode = !CODE.test(code.trim());
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (nameless || badCode || add.isPending) return;
    add.mutate({ parent_id: chosen.id, kind, name: name.trim(), code: code.trim().toUpperCase() });
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={orgsText.addTitle(chosen.name)}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} busy={add.isPending} type="submit" form="org">
          {orgsText.addDo}
        </SheetActs>
      }
    >
      <form id="org" style={{ display: "grid", gap: 16 }} onSubmit={send} noValidate>
        {parents.length > 1 && (
          <Choice
            label={orgsText.parent}
            value={chosen.id}
            onChange={(event) => setParentId(Number(event.target.value))}
          >
            {parents.map((org) => (
              <option key={org.id} value={org.id}>
                {accessText.orgIndent(org.depth, org.name)}
              </option>
            ))}
          </Choice>
        )}
        {chosen.kind === "hq" && (
          <Choice
            label={orgsText.kind}
            hint={orgsText.kindHint}
            value={kind}
            onChange={(event) => setWanted(event.target.value)}
          >
            <option value="branch">{orgsText.kinds.branch}</option>
            <option value="region">{orgsText.kinds.region}</option>
          </Choice>
        )}
        <TextField
          label={orgsText.name}
          hint={orgsText.nameHint}
          error={(asked && nameless ? orgsText.nameMissing : undefined) ?? faults.name}
          value={name}
          maxLength={NAME_LETTERS}
          onChange={(event) => setName(event.target.value)}
          data-autofocus
        />
        <TextField
          label={orgsText.code}
          hint={orgsText.codeHint}
          error={(asked && badCode ? orgsText.codeBad : undefined) ?? faults.code}
          value={code}
          maxLength={4}
          autoCapitalize="characters"
          autoComplete="off"
          onChange={(event) => setCode(event.target.value)}
        />
        {problem && <ProblemNote problem={problem} />}
      </form>
    </Sheet>
  );
}

/** Another name for a place. */
export function OrgRename({ org, onClose }: { org: Org; onClose: () => void }) {
  const { rename } = useOrgActs(onClose);
  const [name, setName] = useState(org.name);
  const typed = useTyped(name);
  const problem = rename.error ? asProblem(rename.error) : null;
  const nameless = name.trim() === "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === org.name) onClose();
    else if (!nameless && !rename.isPending) rename.mutate({ org, name: name.trim() });
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={orgsText.renameTitle(org.name)}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} busy={rename.isPending} type="submit" form="org-name">
          {orgsText.rename}
        </SheetActs>
      }
    >
      <form id="org-name" style={{ display: "grid", gap: 16 }} onSubmit={send} noValidate>
        <TextField
          label={orgsText.name}
          hint={orgsText.renameHint}
          error={nameless ? orgsText.nameMissing : fieldFaults(problem).name}
          value={name}
          maxLength={NAME_LETTERS}
          onChange={(event) => setName(event.target.value)}
          data-autofocus
        />
        {problem && <ProblemNote problem={problem} />}
      </form>
    </Sheet>
  );
}

/** Says what closing means before it is done; what still hangs on the place comes back as words. */
export function OrgClose({ org, onClose }: { org: Org; onClose: () => void }) {
  const { close } = useOrgActs(onClose);
  return (
    <Sheet
      open
      onClose={onClose}
      title={orgsText.closeTitle(org.name)}
      footer={
        <SheetActs onClose={onClose} look="danger" busy={close.isPending} onClick={() => close.mutate(org)}>
          {orgsText.close}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 12 }}>
        <p style={{ color: "var(--ink-2)" }}>{orgsText.closeExplains}</p>
        {close.error && <ProblemNote problem={asProblem(close.error)} />}
      </div>
    </Sheet>
  );
}
