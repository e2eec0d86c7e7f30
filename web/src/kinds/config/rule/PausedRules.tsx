import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PausedRule } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { formatMoment } from "../../../parts/format";
import { Icon } from "../../../parts/Icon";
import { ruleText } from "../../../text/rules";
import styles from "./PausedRules.module.css";
import { pausedQuery } from "./pausedApi";
import { ResumeSheet } from "./ResumeSheet";

/** Rules that were paused because they ran too often, what waits of them, and the way on. */
export function PausedRules() {
  const found = useQuery(pausedQuery).data;
  const [picked, setPicked] = useState<PausedRule | null>(null);
  if (!found || found.items.length === 0) return null;
  return (
    <>
      <ul className={styles.paused} aria-label={ruleText.paused}>
        {found.items.map((rule) => (
          <li key={rule.key}>
            <Icon name="warning" size={18} />
            <p>
              <b>{ruleText.pausedAt(rule.name, formatMoment(rule.paused_at))}</b>
              <small>{ruleText.pausedWhy(rule.fires, rule.held)}</small>
              {!found.may_resume && <small>{ruleText.whoResumes}</small>}
            </p>
            {found.may_resume && (
              <Button aria-label={ruleText.resumeOf(rule.name)} onClick={() => setPicked(rule)}>
                {ruleText.resume}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {picked && <ResumeSheet rule={picked} onClose={() => setPicked(null)} />}
    </>
  );
}
