import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem, type Conflict, conflictOf } from "../../api/problem";
import { profileQuery } from "../../api/session";
import type { CompanyPatch, CompanyProfile } from "../../api/types";
import { Card } from "../../parts/Card";
import { ConflictSheet } from "../../parts/ConflictSheet";
import { EditInPlace } from "../../parts/EditInPlace";
import { Loaded } from "../../parts/Loaded";
import { Note } from "../../parts/Note";
import { Page } from "../../parts/Page";
import { toast } from "../../parts/toast";
import { accessText } from "../../text/access";
import { customersText } from "../../text/customers";
import { CompanySeal } from "./CompanySeal";
import { faultOf, PRINTED, type PrintedField, tidied } from "./companyFields";
import { PrintedSheet } from "./PrintedSheet";

const KEY = profileQuery.queryKey;
const FIELDS = Object.keys(PRINTED) as PrintedField[];

interface Asked {
  field: PrintedField;
  value: string;
}

const shownChange = (current: CompanyProfile, change: CompanyPatch) =>
  FIELDS.filter((field) => change[field] !== undefined).map((field) => ({
    label: PRINTED[field],
    mine: String(change[field] ?? ""),
    theirs: current[field],
  }));

/** The company as it stands on its documents, edited where it stands. */
export function CompanyPage() {
  const cache = useQueryClient();
  const query = useQuery(profileQuery);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [conflict, setConflict] = useState<(Conflict<CompanyProfile> & { change: CompanyPatch }) | null>(
    null,
  );
  const save = useMutation({
    mutationFn: ({ change, version }: { change: CompanyPatch; version: number }) =>
      read(client.PATCH("/api/company/profile", { body: change, ...ifMatch(version) })),
    onSuccess: (saved) => {
      cache.setQueryData(KEY, saved);
      setAsked(null);
    },
    onError: (error, { change }) => {
      setAsked(null);
      const found = conflictOf<CompanyProfile>(asProblem(error));
      if (found) setConflict({ ...found, change });
      // The seal says beside itself what is wrong with it.
      else if (change.seal_file === undefined) toast(asProblem(error).message, { tone: "fault" });
    },
  });
  return (
    <Page title={accessText.company} back="/me" width="read">
      <Loaded query={query}>
        {(profile) => {
          const editable = profile.actions.includes("edit");
          const set = (change: CompanyPatch) =>
            save.mutate({ change, version: profile.version }, { onSuccess: () => toast(accessText.saved) });
          const ask = (field: PrintedField, typed: string) => {
            const value = tidied(field, typed);
            const fault = faultOf(field, value);
            if (fault !== null) toast(fault, { tone: "fault" });
            else if (value !== profile[field]) setAsked({ field, value });
          };
          const setDays = (text: string) => {
            const days = Number(text);
            if (Number.isInteger(days) && days >= 1 && days <= 365) set({ quote_valid_days: days });
            else toast(accessText.validDaysBad, { tone: "fault" });
          };
          return (
            <div style={{ display: "grid", gap: 16 }}>
              {editable && !profile.verify_link && <Note>{accessText.verifyLinkMissing}</Note>}
              <Card>
                {FIELDS.map((field) => (
                  <EditInPlace
                    key={field}
                    label={PRINTED[field]}
                    value={profile[field]}
                    editable={editable}
                    empty={customersText.empty}
                    onSave={(value) => ask(field, value)}
                  />
                ))}
                <EditInPlace
                  label={accessText.validDays}
                  value={String(profile.quote_valid_days)}
                  shown={accessText.days(profile.quote_valid_days)}
                  editable={editable}
                  empty={customersText.empty}
                  onSave={setDays}
                />
              </Card>
              <CompanySeal
                profile={profile}
                busy={save.isPending}
                onChange={(seal_file) =>
                  save.mutateAsync({ change: { seal_file }, version: profile.version })
                }
              />
              {asked && (
                <PrintedSheet
                  label={PRINTED[asked.field]}
                  before={profile[asked.field]}
                  after={asked.value}
                  busy={save.isPending}
                  onSave={() => set({ [asked.field]: asked.value })}
                  onClose={() => setAsked(null)}
                />
              )}
            </div>
          );
        }}
      </Loaded>
      {conflict && (
        <ConflictSheet
          changedBy={conflict.changedBy}
          rows={shownChange(conflict.current, conflict.change)}
          onMine={() => {
            save.mutate({ change: conflict.change, version: conflict.current.version });
            setConflict(null);
          }}
          onTheirs={() => {
            cache.setQueryData(KEY, conflict.current);
            setConflict(null);
          }}
        />
      )}
    </Page>
  );
}
