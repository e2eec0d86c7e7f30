import { type ReactNode, useState } from "react";
import type { Problem } from "../api/problem";
import { baseText } from "../text/base";
import { TextArea } from "./Field";
import { ProblemNote } from "./ProblemNote";
import { Sheet } from "./Sheet";
import { SheetActs } from "./SheetActs";

interface ReasonSheetProps {
  open: boolean;
  title: string;
  /** What will happen, in one sentence. */
  explains: string;
  action: string;
  /** The look of the button: dangerous, unless what it does only opens a way. */
  look?: "danger" | "primary";
  /** What one should have seen before, under the sentence. */
  children?: ReactNode;
  /** Width on a desktop. */
  size?: number;
  busy: boolean;
  problem: Problem | null;
  onClose: () => void;
  onReason: (reason: string) => void;
}

/** A dangerous action asks for its reason rather than for a second "yes". */
export function ReasonSheet({
  open,
  title,
  explains,
  action,
  look = "danger",
  children,
  size,
  busy,
  problem,
  onClose,
  onReason,
}: ReasonSheetProps) {
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const missing = reason.trim() === "";
  const send = () => {
    setAsked(true);
    if (!missing) onReason(reason.trim());
  };
  /** Closed beside its buttons, it keeps no words for the next time. */
  const leave = () => {
    setReason("");
    setAsked(false);
    onClose();
  };
  return (
    <Sheet
      open={open}
      onClose={leave}
      title={title}
      typed={!missing}
      size={size}
      footer={
        <SheetActs onClose={onClose} out={baseText.back} look={look} busy={busy} onClick={send}>
          {action}
        </SheetActs>
      }
    >
      <p style={{ marginBottom: 16, color: "var(--ink-2)" }}>{explains}</p>
      {children}
      <TextArea
        label={baseText.reason}
        hint={baseText.reasonHint}
        error={asked && missing ? baseText.reasonMissing : undefined}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
        data-autofocus
      />
      {problem && <ProblemNote problem={problem} />}
    </Sheet>
  );
}
