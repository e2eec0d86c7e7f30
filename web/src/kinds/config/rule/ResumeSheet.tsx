import { asProblem } from "../../../api/problem";
import type { PausedRule } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { ProblemNote } from "../../../parts/ProblemNote";
import { Sheet } from "../../../parts/Sheet";
import { SheetActs } from "../../../parts/SheetActs";
import { ruleText } from "../../../text/rules";
import styles from "./PausedRules.module.css";
import { useResume } from "./pausedApi";

interface ResumeSheetProps {
  rule: PausedRule;
  onClose: () => void;
}

/** A paused rule goes on: what waits runs, or never does. */
export function ResumeSheet({ rule, onClose }: ResumeSheetProps) {
  const resume = useResume(rule, onClose);
  const waits = rule.held > 0;
  return (
    <Sheet
      open
      title={ruleText.resumeTitle(rule.name)}
      onClose={onClose}
      footer={
        <>
          {waits && (
            <Button look="danger" busy={resume.isPending} onClick={() => resume.mutate("drop")}>
              {ruleText.resumeDrop}
            </Button>
          )}
          <SheetActs onClose={onClose} busy={resume.isPending} onClick={() => resume.mutate("run")}>
            {waits ? ruleText.resumeRun(rule.held) : ruleText.resume}
          </SheetActs>
        </>
      }
    >
      <div className={styles.explain}>
        <p>{ruleText.resumeCheck}</p>
        {waits && <p>{ruleText.resumeExplains(rule.held)}</p>}
        {resume.error && <ProblemNote problem={asProblem(resume.error)} />}
      </div>
    </Sheet>
  );
}
