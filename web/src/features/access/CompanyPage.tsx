import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem, type Conflict, conflictOf } from "../../api/problem";
import type { CompanyPatch, CompanyProfile } from "../../api/types";
import { Card } from "../../parts/Card";
import { ConflictSheet } from "../../parts/ConflictSheet";
import { EditInPlace } from "../../parts/EditInPlace";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { toast } from "../../parts/toast";
import { accessText } from "../../text/access";
import { customersText } from "../../text/customers";
import { CompanySeal } from "./CompanySeal";

const KEY = ["company", "profile"] as const;
const LABELS = {
  name: accessText.companyName,
  address: accessText.address,
  phone: accessText.phone,
  tax_no: accessText.taxNo,
  bank_name: accessText.bankName,
  bank_account: accessText.bankAccount,
} as const;
type Field = keyof typeof LABELS;
const FIELDS = Object.keys(LABELS) as Field[];

const shownChange = (current: CompanyProfile, change: CompanyPatch) =>
  FIELDS.filter((field) => change[field] !== undefined).map((field) => ({
    label: LABELS[field],
    mine: String(change[field] ?? ""),
    theirs: current[field],
  }));

/** The company as it stands on its documents, edited where it stands. */
export function CompanyPage() {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => read(client.GET("/api/company/profile", { signal })),
  });
  const [conflict, setConflict] = useState<(Conflict<CompanyProfile> & { change: CompanyPatch }) | null>(
    null,
  );
  const save = useMutation({
    mutationFn: ({ change, version }: { change: CompanyPatch; version: number }) =>
      read(client.PATCH("/api/company/profile", { body: change, ...ifMatch(version) })),
    onSuccess: (saved) => {
      cache.setQueryData(KEY, saved);
      toast(accessText.saved);
    },
    onError: (error, { change }) => {
      const found = conflictOf<CompanyProfile>(asProblem(error));
      if (found) setConflict({ ...found, change });
      else toast(asProblem(error).message, { tone: "fault" });
    },
  });
  return (
    <Page title={accessText.company} back="/me" width="read">
      <Loaded query={query}>
        {(profile) => {
          const editable = profile.actions.includes("edit");
          const set = (change: CompanyPatch) => save.mutate({ change, version: profile.version });
          const setDays = (text: string) => {
            const days = Number(text);
            if (Number.isInteger(days) && days >= 1 && days <= 365) set({ quote_valid_days: days });
            else toast(accessText.validDaysBad, { tone: "fault" });
          };
          return (
            <div style={{ display: "grid", gap: 16 }}>
              <Card>
                {FIELDS.map((field) => (
                  <EditInPlace
                    key={field}
                    label={LABELS[field]}
                    value={profile[field]}
                    editable={editable}
                    empty={customersText.empty}
                    onSave={(value) => set({ [field]: value })}
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
              <CompanySeal profile={profile} busy={save.isPending} onChange={set} />
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
