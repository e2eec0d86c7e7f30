import type { ReactNode } from "react";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { useIsPhone } from "../../parts/useIsPhone";
import { guideText } from "../../text/guide";
import styles from "./Guided.module.css";
import { useGuide } from "./useGuide";

export type GuideStep = keyof typeof guideText.steps;

interface GuidedProps {
  step: GuideStep;
  /** The field holds what it needs. */
  done: boolean;
  /** The system filled it, and the person has not touched it yet. */
  preset?: boolean;
  children: ReactNode;
}

/**
 * Around a field that a quotation needs: a soft halo until it is filled, and one line of what to say. On a phone what is
 * done says nothing more, so that what comes next stays in sight.
 */
export function Guided({ step, done, preset = false, children }: GuidedProps) {
  const { shown } = useGuide();
  const phone = useIsPhone();
  const look = done || preset ? styles.guided : `${styles.guided} ${styles.wanted}`;
  const standing = done ? "done" : preset ? "preset" : "needed";
  // The same element with and without hints: what is typed inside stays when they come or go.
  return (
    <div className={shown ? look : undefined} data-guide={shown ? step : undefined}>
      {children}
      {shown && !(phone && done) && (
        <p className={styles.line}>
          <Badge tone={done ? "brand" : preset ? "plain" : "wait"}>{guideText[standing]}</Badge>
          {guideText.steps[step]}
        </p>
      )}
    </div>
  );
}

/** That these are hints, how long they stay, and the way to put them away. */
export function GuideBar() {
  const { guide, shown, turn } = useGuide();
  if (!guide || !shown) return null;
  return (
    <div className={styles.bar} role="note" aria-label={guideText.title}>
      <Icon name="info" size={18} />
      <span>{guideText.progress(guide.issued, guide.until)}</span>
      <Button small look="text" onClick={() => turn(true)}>
        {guideText.off}
      </Button>
    </div>
  );
}
