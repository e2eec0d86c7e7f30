import { useState } from "react";
import { Button } from "../../parts/Button";
import { quickText } from "../../text/quick";
import type { DraftDoc } from "./draftModel";
import { PasteSheet } from "./PasteSheet";
import { RecentSheet } from "./RecentSheet";
import type { ChangeDraft } from "./useQuoteDraft";

/** The two quick ways to many lines: a pasted text, and what was bought last. */
export function QuickBar({ doc, change }: { doc: DraftDoc; change: ChangeDraft }) {
  const [open, setOpen] = useState<"paste" | "recent" | null>(null);
  const close = () => setOpen(null);
  return (
    <div style={{ display: "flex", flexWrap: "wrap", gap: 8, marginBottom: 12 }}>
      <Button small icon="copy" onClick={() => setOpen("paste")}>
        {quickText.paste}
      </Button>
      <Button small icon="history" onClick={() => setOpen("recent")}>
        {quickText.recent}
      </Button>
      {open === "paste" && <PasteSheet change={change} onClose={close} />}
      {open === "recent" && <RecentSheet doc={doc} change={change} onClose={close} />}
    </div>
  );
}
