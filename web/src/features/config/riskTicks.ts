import { useState } from "react";
import type { Checks } from "../../api/types";

/** So many are acknowledged one by one; more of them as a list. */
export const EACH_MAX = 10;

/** What a person has acknowledged of the risks of a draft. */
export interface RiskTicks {
  has: (name: string) => boolean;
  toggle: (name: string) => void;
  /** How many ticks are missing. */
  left: number;
  /** What is sent with the step once none is missing; undefined before, and where there is nothing to see. */
  seen: string | undefined;
}

/** How many ticks are asked for. */
export const ticksNeeded = (count: number) => (count > EACH_MAX ? 1 : count);

/** The ticks of a sheet; other risks than those that were ticked are ticked anew. */
export function useRiskTicks(risks: Checks["risks"] | undefined): RiskTicks {
  const mark = risks?.mark ?? null;
  const [ticked, setTicked] = useState<{ mark: string | null; names: string[] }>({ mark, names: [] });
  const names = ticked.mark === mark ? ticked.names : [];
  const left = Math.max(0, ticksNeeded(risks?.count ?? 0) - names.length);
  return {
    has: (name) => names.includes(name),
    toggle: (name) => {
      const others = names.filter((one) => one !== name);
      setTicked({ mark, names: others.length === names.length ? [...names, name] : others });
    },
    left,
    seen: left === 0 ? (mark ?? undefined) : undefined,
  };
}
