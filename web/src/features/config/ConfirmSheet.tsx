import type { Problem } from "../../api/problem";
import type { Checks, Draft } from "../../api/types";
import { configKind } from "../../kinds/config/list";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { configText } from "../../text/config";
import { riskText } from "../../text/risks";
import styles from "./PublishSheet.module.css";
import { RiskList } from "./RiskList";
import { useRiskTicks } from "./riskTicks";

interface ConfirmSheetProps {
  draft: Draft;
  risks: Checks["risks"];
  busy: boolean;
  problem: Problem | null;
  onConfirm: (seen: string | undefined) => void;
  onClose: () => void;
}

/** Before the second person says yes to a draft in which something stands out: that, to be acknowledged. */
export function ConfirmSheet({ draft, risks, busy, problem, onConfirm, onClose }: ConfirmSheetProps) {
  const ticks = useRiskTicks(risks);
  const { added, changed, removed } = draft.counts;
  const counted = configKind(draft.item.kind)?.counted ?? configText.rowCount;
  return (
    <Sheet
      open
      onClose={onClose}
      title={riskText.confirmTitle}
      size={560}
      footer={
        <SheetActs
          onClose={onClose}
          icon="check"
          busy={busy}
          disabled={ticks.left > 0}
          title={ticks.left > 0 ? riskText.left(ticks.left) : undefined}
          onClick={() => onConfirm(ticks.seen)}
        >
          {configText.confirm}
        </SheetActs>
      }
    >
      <p className={styles.before}>{riskText.confirmLead(counted(added + changed + removed))}</p>
      <RiskList risks={risks} ticks={ticks} />
      {problem && <ProblemNote problem={problem} />}
    </Sheet>
  );
}
