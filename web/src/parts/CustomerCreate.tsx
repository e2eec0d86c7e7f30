import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { client, read } from "../api/client";
import { asProblem, fieldFaults } from "../api/problem";
import type { Customer, Ref } from "../api/types";
import { customersText } from "../text/customers";
import { buttonClass } from "./Button";
import { TextField } from "./Field";
import { ProblemNote } from "./ProblemNote";
import { Sheet } from "./Sheet";
import { SheetActs } from "./SheetActs";

interface CustomerCreateProps {
  open: boolean;
  name: string;
  onClose: () => void;
  onMade: (customer: Customer) => void;
}

/** A customer from three fields, of which only the name must be filled. */
export function CustomerCreate({ open, name, onClose, onMade }: CustomerCreateProps) {
  const cache = useQueryClient();
  const [fields, setFields] = useState({ name, contact: "", phone: "" });
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (open) {
      setFields({ name, contact: "", phone: "" });
      setAsked(false);
    }
  }, [open, name]);
  const make = useMutation({
    mutationFn: () => read(client.POST("/api/customers", { body: { ...fields, name: fields.name.trim() } })),
    onSuccess: (made) => {
      cache.invalidateQueries({ queryKey: ["customers"] });
      onMade(made);
    },
  });
  const problem = make.error ? asProblem(make.error) : null;
  const faults = fieldFaults(problem);
  const existing =
    problem?.code === "customer_exists" ? (problem.facts.customer as Ref | undefined) : undefined;
  const missing = fields.name.trim() === "";
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!missing && !make.isPending) make.mutate();
  };
  const set = (key: keyof typeof fields) => (event: { target: { value: string } }) =>
    setFields({ ...fields, [key]: event.target.value });
  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={customersText.create}
      typed={fields.name !== name || fields.contact !== "" || fields.phone !== ""}
      footer={
        <SheetActs onClose={onClose} type="submit" form="customer-create" busy={make.isPending}>
          {customersText.create}
        </SheetActs>
      }
    >
      <form id="customer-create" onSubmit={send} style={{ display: "grid", gap: 16 }} noValidate>
        <TextField
          label={customersText.name}
          hint={customersText.nameHint}
          error={asked && missing ? customersText.nameMissing : faults.name}
          value={fields.name}
          onChange={set("name")}
          maxLength={100}
          autoComplete="off"
          data-autofocus
        />
        <TextField
          label={customersText.contact}
          optional
          error={faults.contact}
          value={fields.contact}
          onChange={set("contact")}
          maxLength={50}
          autoComplete="off"
        />
        <TextField
          label={customersText.phone}
          optional
          error={faults.phone}
          value={fields.phone}
          onChange={set("phone")}
          maxLength={30}
          type="tel"
          autoComplete="off"
        />
        {problem && <ProblemNote problem={problem} />}
        {existing && (
          <Link
            to="/customers/$customerId"
            params={{ customerId: String(existing.id) }}
            className={buttonClass("plain")}
            onClick={onClose}
          >
            {customersText.openExisting}
          </Link>
        )}
      </form>
    </Sheet>
  );
}
