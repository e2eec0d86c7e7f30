import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import { TextField } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { useTyped } from "../../parts/useTyped";
import { accessText } from "../../text/access";
import { signInText } from "../../text/signIn";
import { weaknessOf } from "./newPassword";

/** One's own password, changed with the present one. */
export function PasswordSheet({ onClose }: { onClose: () => void }) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const typed = useTyped([current, next]);
  const [asked, setAsked] = useState(false);
  const change = useMutation({
    mutationFn: () => read(client.POST("/api/me/password", { body: { current, next } })),
    onSuccess: () => {
      toast(accessText.passwordChanged);
      onClose();
    },
  });
  const account = useQuery(meQuery).data?.account ?? "";
  const weak = weaknessOf(account, next);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (weak === null && current !== "" && !change.isPending) change.mutate();
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={accessText.changePassword}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} type="submit" form="password-change" busy={change.isPending}>
          {accessText.changePassword}
        </SheetActs>
      }
    >
      <form id="password-change" onSubmit={send} style={{ display: "grid", gap: 16 }} noValidate>
        <TextField
          label={accessText.currentPassword}
          type="password"
          autoComplete="current-password"
          error={asked && current === "" ? signInText.passwordMissing : undefined}
          value={current}
          maxLength={200}
          onChange={(event) => setCurrent(event.target.value)}
          data-autofocus
        />
        <TextField
          label={accessText.nextPassword}
          type="password"
          autoComplete="new-password"
          hint={accessText.nextHint}
          error={asked ? (weak ?? undefined) : undefined}
          value={next}
          maxLength={200}
          onChange={(event) => setNext(event.target.value)}
        />
        {change.error && <ProblemNote problem={asProblem(change.error)} />}
      </form>
    </Sheet>
  );
}
