import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Problem } from "../api/problem";
import { meQuery } from "../api/session";
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

/** Whoever looks through another's eyes is told whose right is missing: it is not for them to ask for it. */
function Refused({ problem }: { problem: Problem }) {
  const me = useQuery({ ...meQuery, enabled: false }).data;
  const { right } = problem.facts;
  const said = { title: baseText.refusedTitle, hint: problem.message };
  const [through, hidden] = [me?.viewing && typeof right === "string", me?.viewing?.hidden ?? []];
  if (me && through && hidden.includes(String(right))) {
    said.title = baseText.hiddenTitle;
    said.hint = baseText.hiddenHint(me.name);
  } else if (me && through) {
    said.title = baseText.notTheirsTitle(me.name);
    said.hint = baseText.notTheirsHint;
  }
  return (
    <EmptyState icon="lock" title={said.title} hint={said.hint}>
      <WayOn />
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
