import type { Draft } from "../../api/types";

/** Whether a draft that was submitted waits for its reader: to confirm it, to give it back, to publish it. */
export function waitsForMe({ state, actions }: Pick<Draft, "state" | "actions">): boolean {
  if (state !== "submitted" && state !== "confirmed") return false;
  if (actions.includes("confirm") || actions.includes("publish")) return true;
  return actions.includes("return") && !actions.includes("edit");
}
