import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { openOrgs, orgsQuery } from "../../api/orgs";
import { asProblem, fieldFaults } from "../../api/problem";
import type { Person } from "../../api/types";
import { Button } from "../../parts/Button";
import { Choice, TextField } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { toast } from "../../parts/toast";
import { useTyped } from "../../parts/useTyped";
import { accessText } from "../../text/access";
import { baseText } from "../../text/base";
import { operationText } from "../../text/operation";
import { signInText } from "../../text/signIn";
import { DeactivateSheet } from "./DeactivateSheet";
import { weaknessOf } from "./newPassword";
import { offeredRoles } from "./offeredRoles";
import styles from "./PersonSheet.module.css";

/** One person: account, roles and place; a leaver is switched off, never deleted. */
export function PersonSheet({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const cache = useQueryClient();
  const orgs = openOrgs(useQuery(orgsQuery).data?.items, person ? [person.org.id] : []);
  const roles =
    useQuery({ queryKey: ["roles"], queryFn: ({ signal }) => read(client.GET("/api/roles", { signal })) })
      .data?.items ?? [];
  const [name, setName] = useState(person?.name ?? "");
  const [phone, setPhone] = useState(person?.phone ?? "");
  const [account, setAccount] = useState(person?.account ?? "");
  const [orgId, setOrgId] = useState(person?.org.id ?? 0);
  const [chosen, setChosen] = useState<string[]>(person?.roles.map((role) => role.id) ?? []);
  const [password, setPassword] = useState("");
  const typed = useTyped([name, phone, account, orgId, chosen, password]);
  const [asked, setAsked] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const weak = password === "" ? null : weaknessOf(account.trim(), password);
  const done = () => {
    cache.invalidateQueries({ queryKey: ["people"] });
    onClose();
  };
  const save = useMutation({
    mutationFn: async (active: boolean) => {
      const body = { name: name.trim(), phone: phone.trim(), org_id: orgId, role_ids: chosen };
      if (person === null)
        return read(client.POST("/api/people", { body: { ...body, account: account.trim(), password } }));
      const path = { params: { path: { id: person.id } } };
      const saved = await read(
        client.PATCH("/api/people/{id}", { ...path, body: { ...body, active }, ...ifMatch(person.version) }),
      );
      if (password !== "") {
        await read(client.POST("/api/people/{id}/password", { ...path, body: { next: password } }));
        toast(accessText.passwordSet);
      }
      const kept = saved.kept;
      if (kept && (kept.customers > 0 || kept.open_quotes > 0)) {
        toast(accessText.movedKeeps(saved.org.name, kept.customers, kept.open_quotes));
      }
      return saved;
    },
    onSuccess: done,
  });
  const problem = save.error ? asProblem(save.error) : null;
  const faults = fieldFaults(problem);
  const missing = (value: string) => (asked && value.trim() === "" ? accessText.fieldMissing : undefined);
  const complete =
    name.trim() !== "" &&
    orgId !== 0 &&
    weak === null &&
    chosen.length > 0 &&
    (person !== null || (account.trim() !== "" && password !== ""));
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (complete && !save.isPending) save.mutate(person?.active ?? true);
  };
  const toggle = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <Sheet
      open
      onClose={onClose}
      title={person === null ? accessText.newPerson : accessText.editPerson}
      typed={typed}
      size={560}
      footer={
        <>
          {person !== null && (
            <Button
              look={person.active ? "danger" : "plain"}
              busy={save.isPending}
              onClick={() => (person.active ? setLeaving(true) : save.mutate(true))}
            >
              {person.active ? accessText.deactivate : accessText.reactivate}
            </Button>
          )}
          <Button look="primary" type="submit" form="person" busy={save.isPending}>
            {baseText.save}
          </Button>
        </>
      }
    >
      <form id="person" className={styles.form} onSubmit={send} noValidate>
        <TextField
          label={accessText.name}
          error={missing(name) ?? faults.name}
          value={name}
          maxLength={50}
          onChange={(event) => setName(event.target.value)}
          data-autofocus
        />
        <TextField
          label={accessText.phone}
          optional
          hint={accessText.phoneHint}
          error={faults.phone}
          type="tel"
          value={phone}
          maxLength={40}
          onChange={(event) => setPhone(event.target.value)}
        />
        <TextField
          label={signInText.account}
          error={missing(account) ?? faults.account}
          value={account}
          maxLength={50}
          disabled={person !== null}
          autoCapitalize="none"
          autoComplete="off"
          onChange={(event) => setAccount(event.target.value)}
        />
        <Choice
          label={accessText.org}
          error={asked && orgId === 0 ? accessText.orgMissing : undefined}
          value={String(orgId)}
          onChange={(event) => setOrgId(Number(event.target.value))}
        >
          {orgId === 0 && <option value="0">{accessText.orgPick}</option>}
          {orgs.map((one) => (
            <option key={one.id} value={one.id}>
              {accessText.orgIndent(one.depth, one.name)}
            </option>
          ))}
        </Choice>
        <fieldset className={styles.roles}>
          <legend>{accessText.roles}</legend>
          {offeredRoles(roles, person).map((role) => (
            <label key={role.id} className={styles.role}>
              <input
                type="checkbox"
                checked={chosen.includes(role.id)}
                disabled={!role.may_give}
                onChange={() => toggle(role.id)}
              />
              <span>
                {role.name}
                <small>{role.may_give ? role.about : accessText.roleFixed}</small>
              </span>
            </label>
          ))}
          {asked && chosen.length === 0 && <p role="alert">{accessText.roleMissing}</p>}
        </fieldset>
        {person !== null && (
          <Link to="/people/$personId/rights" params={{ personId: String(person.id) }}>
            {operationText.rights}
          </Link>
        )}
        <TextField
          label={person === null ? accessText.firstPassword : accessText.setPassword}
          optional={person !== null}
          hint={accessText.nextHint}
          error={
            (person === null ? missing(password) : undefined) ?? (asked ? (weak ?? undefined) : undefined)
          }
          type="password"
          autoComplete="new-password"
          value={password}
          maxLength={200}
          onChange={(event) => setPassword(event.target.value)}
        />
        {problem && <ProblemNote problem={problem} />}
      </form>
      {leaving && person !== null && (
        <DeactivateSheet
          person={person}
          busy={save.isPending}
          onDeactivate={() => {
            setLeaving(false);
            save.mutate(false);
          }}
          onClose={() => setLeaving(false)}
        />
      )}
    </Sheet>
  );
}
