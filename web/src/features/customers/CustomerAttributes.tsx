import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem, type Conflict, conflictOf } from "../../api/problem";
import { optionsQuery } from "../../api/session";
import type { Customer, CustomerChange } from "../../api/types";
import { ConflictSheet } from "../../parts/ConflictSheet";
import { EditInPlace } from "../../parts/EditInPlace";
import { toast } from "../../parts/toast";
import { customersText } from "../../text/customers";
import { customerKey } from "./customerApi";
import { tierChoices } from "./tierChoices";

const shownChange = (customer: Customer, change: CustomerChange) =>
  Object.entries(change).map(([key, value]) => {
    const label = customersText[key as keyof typeof customersText];
    const theirs = customer[key as keyof Customer];
    return {
      label: typeof label === "string" ? label : customersText.owner,
      mine: String(value ?? ""),
      theirs: typeof theirs === "string" ? theirs : "",
    };
  });

/** Who the customer is; every attribute is edited where it stands. */
export function CustomerAttributes({ customer }: { customer: Customer }) {
  const cache = useQueryClient();
  const options = useQuery(optionsQuery).data;
  const [conflict, setConflict] = useState<(Conflict<Customer> & { change: CustomerChange }) | null>(null);
  const keep = (saved: Customer) => {
    cache.setQueryData(customerKey(customer.id), saved);
    cache.invalidateQueries({ queryKey: ["customers", "list"] });
    cache.invalidateQueries({ queryKey: ["customers", "timeline", customer.id] });
  };
  const save = useMutation({
    mutationFn: ({ change, version }: { change: CustomerChange; version: number }) =>
      read(
        client.PATCH("/api/customers/{id}", {
          params: { path: { id: customer.id } },
          body: change,
          ...ifMatch(version),
        }),
      ),
    onSuccess: (saved) => {
      keep(saved);
      toast(customersText.saved);
    },
    onError: (error, { change }) => {
      const problem = asProblem(error);
      const found = conflictOf<Customer>(problem);
      if (found) setConflict({ ...found, change });
      else toast(problem.message, { tone: "fault" });
    },
  });
  const set = (change: CustomerChange) => save.mutate({ change, version: customer.version });
  const mayEdit = customer.actions.includes("edit");
  const mayAssign = customer.actions.includes("assign");
  const text = (
    key: "name" | "contact" | "phone" | "city" | "address" | "notes",
    extra: { type?: "tel"; multiline?: boolean } = {},
  ) => (
    <EditInPlace
      label={customersText[key]}
      value={customer[key]}
      editable={mayEdit}
      empty={customersText.empty}
      onSave={(value) => set({ [key]: value })}
      {...extra}
    />
  );
  const named = (list: { id: number; name: string }[] | undefined) =>
    (list ?? []).map((one) => ({ value: String(one.id), label: one.name }));
  return (
    <>
      {text("name")}
      {text("contact")}
      {text("phone", { type: "tel" })}
      {text("city")}
      {text("address")}
      <EditInPlace
        label={customersText.tier}
        value={customer.tier ?? ""}
        shown={customer.tier && customersText.tierNamed(customer.tier)}
        editable={mayAssign}
        empty={customersText.noTier}
        options={tierChoices(options?.tiers)}
        onSave={(tier) => set({ tier })}
      />
      <EditInPlace
        label={customersText.type}
        value={customer.type ?? ""}
        editable={mayAssign}
        empty={customersText.empty}
        options={(options?.customer_types ?? []).map((type) => ({ value: type, label: type }))}
        onSave={(type) => set({ type })}
      />
      <EditInPlace
        label={customersText.owner}
        value={String(customer.owner.id)}
        shown={customer.owner.name}
        editable={mayAssign}
        empty={customersText.empty}
        options={named(options?.people)}
        onSave={(owner) => set({ owner_id: Number(owner) })}
      />
      <EditInPlace
        label={customersText.branch}
        value={String(customer.branch.id)}
        shown={customer.branch.name}
        editable={mayAssign}
        empty={customersText.empty}
        options={named(options?.branches)}
        onSave={(branch) => set({ branch_id: Number(branch) })}
      />
      {text("notes", { multiline: true })}
      {conflict && (
        <ConflictSheet
          changedBy={conflict.changedBy}
          rows={shownChange(conflict.current, conflict.change)}
          onMine={() => {
            save.mutate({ change: conflict.change, version: conflict.current.version });
            setConflict(null);
          }}
          onTheirs={() => {
            keep(conflict.current);
            setConflict(null);
          }}
        />
      )}
    </>
  );
}
