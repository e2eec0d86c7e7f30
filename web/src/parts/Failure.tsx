import { Link } from "@tanstack/react-router";
import type { Problem } from "../api/problem";
import { baseText } from "../text/base";
import { Button, buttonClass } from "./Button";
import { EmptyState } from "./EmptyState";
import { TraceId } from "./TraceId";

/** A page that could not be opened: refused, missing, or broken, each with a way on. */
export function Failure({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  if (problem.status === 404) {
    return (
      <EmptyState icon="search" title={baseText.missingTitle} hint={baseText.missingHint}>
        <WayOn />
      </EmptyState>
    );
  }
  if (problem.status === 403) {
    return (
      <EmptyState icon="lock" title={baseText.refusedTitle} hint={problem.message}>
        <WayOn />
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={problem.offline ? "unplugged" : "warning"}
      title={baseText.errorTitle}
      hint={problem.message}
    >
      {onRetry && <Button onClick={onRetry}>{baseText.retry}</Button>}
      {problem.traceId && <TraceId id={problem.traceId} />}
    </EmptyState>
  );
}

function WayOn() {
  return (
    <Link to="/" className={buttonClass("plain")}>
      {baseText.goToday}
    </Link>
  );
}
