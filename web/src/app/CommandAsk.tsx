import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { LeaveSheet } from "../features/access/LeaveSheet";
import { useLeave } from "../features/access/useLeave";
import { CustomerCreate } from "../parts/CustomerCreate";
import type { Action } from "./actions";

/** What is asked before it is done. */
export type Asked = Extract<Action["does"], { ask: string }>["ask"];

/** What the command bar does itself, in place of the bar: a new customer, or signing out. */
export function CommandAsk({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  const navigate = useNavigate();
  if (asked === "leave") return <Leaving onClose={onClose} />;
  return (
    <CustomerCreate
      open
      name=""
      onClose={onClose}
      onMade={(made) => {
        onClose();
        navigate({ to: "/customers/$customerId", params: { customerId: String(made.id) } });
      }}
    />
  );
}

function Leaving({ onClose }: { onClose: () => void }) {
  const leave = useLeave(onClose);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it was chosen.
  useEffect(() => {
    void leave.ask(false);
  }, []);
  return leave.asked && <LeaveSheet count={leave.asked.count} onLeave={leave.confirm} onClose={onClose} />;
}
