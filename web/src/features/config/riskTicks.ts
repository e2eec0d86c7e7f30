import { useState } from "react";
import type { Checks } from "../../api/types";

/** So many rows are acknowledged one by one, each with all its reasons; more of them as a list. */
export const EACH_MAX = 10;

/** Under which the page remembers for a while the mark with which one has just confirmed the draft oneself. */
export const seenKey = (draft: number) => ["seen risks", draft];

/** What a person has acknowledged of the risks of a draft, row by row. */
export interface RiskTicks {
  has: (name: string) => boolean;
  toggle: (name: string) => void;
  /** How many ticks are missing. */
  left: number;
  /** What is sent with the step once none is missing; undefined before, and where there is nothing to see. */
  seen: string | undefined;
}

/** How many ticks are asked for so many rows. */
export const ticksNeeded = (rows: number) => (rows > EACH_MAX ? 1 : rows);

/** The ticks of a sheet; where any other reason stands out than those that were ticked, all are ticked anew. */
export function useRiskTicks(risks: Checks["risks"] | undefined): RiskTicks {
  const mark = risks?.mark ?? null;
  const [ticked, setTicked] = useState<{ mark: string | null; names: string[] }>({ mark, names: [] });
  const names = ticked.mark === mark ? ticked.names : [];
  const left = Math.max(0, ticksNeeded(risks?.rows ?? 0) - names.length);
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
