import type { ErrorComponentProps } from "@tanstack/react-router";
import { asProblem } from "../api/problem";
import { Failure } from "../parts/Failure";

/** The whole page could not be opened. */
export function BareFailure({ error }: ErrorComponentProps) {
  return (
    <main>
      <Failure problem={asProblem(error)} onRetry={() => window.location.reload()} />
    </main>
  );
}
