import { baseText } from "../text/base";
import type { Customer, Quote, Repriced } from "./types";

/** What the server (or the network) refused, as a sentence, a stable code and facts. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly facts: Record<string, unknown>;
  readonly traceId: string;

  constructor(
    status: number,
    code: string,
    detail: string,
    facts: Record<string, unknown> = {},
    traceId = "",
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.facts = facts;
    this.traceId = traceId;
  }

  /** The request never reached the server, so nothing was changed there. */
  get offline(): boolean {
    return this.code === "offline";
  }

  /** It was sent, its answer was lost, and nobody knows whether it was done: look before it is done again. */
  get unanswered(): boolean {
    return this.code === "unanswered";
  }

  /** It may work when it is sent again as it is. */
  get passing(): boolean {
    return this.offline || this.status >= 500;
  }
}

export const offlineProblem = () => new Problem(0, "offline", baseText.offline);

export const unansweredProblem = () => new Problem(0, "unanswered", baseText.unanswered);

/** Reads a refusal from an answer's body; a body that is no problem document gets a sentence of ours. */
export function problemFrom(status: number, body: unknown): Problem {
  if (typeof body === "object" && body !== null && "code" in body && "detail" in body) {
    const known = body as {
      code: string;
      detail: string;
      facts?: Record<string, unknown>;
      trace_id?: string;
    };
    return new Problem(status, known.code, known.detail, known.facts ?? {}, known.trace_id ?? "");
  }
  return new Problem(status, "unexpected", baseText.unexpected(status));
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(0, "unexpected", baseText.unexpected(0));
}

/** What stands against whom when somebody else saved first. */
export interface Conflict<T> {
  current: T;
  changedBy: string | null;
}

export function conflictOf<T extends Quote | Customer | object>(problem: Problem): Conflict<T> | null {
  if (problem.status !== 412 || typeof problem.facts.current !== "object") return null;
  const by = problem.facts.changed_by;
  return { current: problem.facts.current as T, changedBy: typeof by === "string" ? by : null };
}

/** Old and new figures, when a refusal carries them. */
export function repricedOf(problem: Problem): Repriced | null {
  const facts = problem.facts.repriced ?? problem.facts;
  if (typeof facts !== "object" || facts === null) return null;
  return "old" in facts && "new" in facts ? (facts as Repriced) : null;
}

/** Faults of single fields, by path. */
export function fieldFaults(problem: Problem | null): Record<string, string> {
  const fields = problem?.facts.fields;
  if (!Array.isArray(fields)) return {};
  const faults: Record<string, string> = {};
  for (const fault of fields as { path: string; detail: string }[]) faults[fault.path] = fault.detail;
  return faults;
}
