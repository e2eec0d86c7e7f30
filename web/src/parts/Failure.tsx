import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Problem } from "../api/problem";
import { meQuery } from "../api/session";
import type { Me } from "../api/types";
import { baseText } from "../text/base";
import { Button, buttonClass } from "./Button";
import { EmptyState } from "./EmptyState";
import { TraceId } from "./TraceId";

/** A page that could not be opened: refused, missing, or broken, each with a way on. */
export function Failure({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  if (problem.status === 404) {
    return <Missing />;
  }
  if (problem.status === 403) {
    return <Refused problem={problem} />;
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

/** Through another's eyes a record is more often out of sight than gone. */
function Missing() {
  const me = useQuery({ ...meQuery, enabled: false }).data;
  const unseen = me?.viewing ? { title: baseText.unseenTitle, hint: baseText.unseenHint(me.name) } : null;
  return (
    <EmptyState
      icon={unseen ? "lock" : "search"}
      title={unseen?.title ?? baseText.missingTitle}
      hint={unseen?.hint ?? baseText.missingHint}
    >
      <WayOn />
    </EmptyState>
  );
}

/** Whoever looks through another's eyes is told whose right is missing: it is not for them to ask for it. */
function Refused({ problem }: { problem: Problem }) {
  const me = useQuery({ ...meQuery, enabled: false }).data;
  const { title, hint } = refusalOf(problem, me);
  return (
    <EmptyState icon="lock" title={title} hint={hint}>
      <WayOn />
    </EmptyState>
  );
}

function refusalOf({ facts: { right }, message }: Problem, me: Me | undefined) {
  if (!me?.viewing || me.viewing.locked || typeof right !== "string") {
    return { title: baseText.refusedTitle, hint: message };
  }
  return me.viewing.hidden.includes(right)
    ? { title: baseText.hiddenTitle, hint: baseText.hiddenHint(me.name) }
    : { title: baseText.notTheirsTitle(me.name), hint: baseText.notTheirsHint };
}

function WayOn() {
  return (
    <Link to="/" className={buttonClass("plain")}>
      {baseText.goToday}
    </Link>
  );
}
