import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Problem } from "../../api/problem";
import type { Checks, Draft } from "../../api/types";
import { configKind } from "../../kinds/config/list";
import { type Fact, Facts } from "../../parts/Facts";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import { riskText } from "../../text/risks";
import { itemQuery } from "./configApi";
import styles from "./PublishSheet.module.css";
import { startOf } from "./publishing";
import { RiskList } from "./RiskList";
import { seenKey, useRiskTicks } from "./riskTicks";

interface PublishSheetProps {
  draft: Draft;
  busy: boolean;
  problem: Problem | null;
  /** What stands out and must be acknowledged first. */
  risks: Checks["risks"] | undefined;
  onPublish: (seen: string | undefined) => void;
  onClose: () => void;
}

/** Before anything reaches everybody: what comes into force, when, for whom, and who vouched for it. */
export function PublishSheet({ draft, busy, problem, risks, onPublish, onClose }: PublishSheetProps) {
  const ticks = useRiskTicks(risks);
  const confirmed = useQueryClient().getQueryData(seenKey(draft.id));
  const seenByMe = confirmed !== undefined && confirmed === risks?.mark;
  const scope = useQuery(itemQuery(draft.item.id)).data?.scope.name;
  const { added, changed, removed } = draft.counts;
  const counted = configKind(draft.item.kind)?.counted ?? configText.rowCount;
  const facts: Fact[] = [
    { label: configText.publishWhat, value: configText.counts(added, changed, removed) },
    { label: configText.effective, value: startOf(draft) },
    { label: configText.submittedBy, value: draft.author.name },
  ];
  if (draft.confirmed_by) facts.push({ label: configText.confirmedBy, value: draft.confirmed_by.name });
  if (draft.note !== "") facts.push({ label: configText.note, value: draft.note });
  if (draft.voids_n !== null)
    facts.push({ label: configText.publishVoids, value: baseText.version(draft.voids_n) });
  return (
    <Sheet
      open
      onClose={onClose}
      title={configText.publishTitle}
      footer={
        <SheetActs
          onClose={onClose}
          busy={busy}
          disabled={scope === undefined || ticks.left > 0}
          title={ticks.left > 0 ? riskText.left(ticks.left) : undefined}
          onClick={() => onPublish(ticks.seen)}
        >
          {configText.publish}
        </SheetActs>
      }
    >
      <p className={styles.lead}>
        {draft.item.name}
        <b>
          {configText.publishLead(
            counted(added + changed + removed),
            startOf(draft),
            scope === undefined ? "…" : configText.reach(scope),
          )}
        </b>
      </p>
      <Facts facts={facts} />
      {risks && risks.count > 0 && (
        <div className={styles.risks}>
          <RiskList risks={risks} ticks={ticks} hint={seenByMe ? riskText.seenByMe(risks.rows) : undefined} />
        </div>
      )}
      <p className={styles.explain}>{configText.publishExplains}</p>
      {problem && <ProblemNote problem={problem} />}
    </Sheet>
  );
}
