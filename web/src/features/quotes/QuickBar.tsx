import { lazy, Suspense, useState } from "react";
import { MoreMenu } from "../../parts/MoreMenu";
import { quickText } from "../../text/quick";
import { setsText } from "../../text/sets";
import type { DraftDoc } from "./draftModel";
import { PasteSheet } from "./PasteSheet";
import { RecentSheet } from "./RecentSheet";
import type { ChangeOpen } from "./usePastedOpen";
import type { ChangeDraft } from "./useQuoteDraft";

const SetsSheet = lazy(() => import("./SetsSheet"));

type Way = "recent" | "same" | "sets" | "paste";

interface QuickBarProps {
  doc: DraftDoc;
  change: ChangeDraft;
  /** Takes pasted lines that a person has to decide about. */
  onOpen: ChangeOpen;
}

/** The quick ways to many lines: what was quoted lately, what was bought last, lists of one's own, a pasted text. */
export function QuickBar({ doc, change, onOpen }: QuickBarProps) {
  const [open, setOpen] = useState<Way | null>(null);
  const close = () => setOpen(null);
  const actions = [
    { word: quickText.recent, icon: "clock", act: () => setOpen("recent") },
    { word: quickText.same, icon: "history", act: () => setOpen("same") },
    { word: setsText.title, icon: "table", act: () => setOpen("sets") },
    { word: quickText.paste, icon: "copy", act: () => setOpen("paste") },
  ] as const;
  return (
    <div style={{ marginBottom: 12 }}>
      <MoreMenu label={quickText.quick} icon="plus" actions={[...actions]} />
      {open === "paste" && (
        <PasteSheet customer={doc.customerId} change={change} onOpen={onOpen} onClose={close} />
      )}
      {(open === "recent" || open === "same") && (
        <RecentSheet part={open} doc={doc} change={change} onClose={close} />
      )}
      {open === "sets" && (
        <Suspense>
          <SetsSheet doc={doc} change={change} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
