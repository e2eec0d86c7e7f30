import type { Draft } from "../../api/types";
import { Badge, type Tone } from "../../parts/Badge";
import type { IconName } from "../../parts/Icon";
import { configText } from "../../text/config";

const LOOKS: Record<Draft["state"], { tone: Tone; icon: IconName }> = {
  editing: { tone: "plain", icon: "edit" },
  submitted: { tone: "wait", icon: "clock" },
  confirmed: { tone: "info", icon: "check" },
  published: { tone: "money", icon: "check" },
  discarded: { tone: "plain", icon: "close" },
};

/** Where a draft stands; of one that was handed on and has fallen behind, what nobody can go on without. */
export function DraftState({ state, behind = false }: { state: Draft["state"]; behind?: boolean }) {
  if (behind && (state === "submitted" || state === "confirmed"))
    return (
      <Badge tone="wait" icon="warning">
        {configText.mergeFirst}
      </Badge>
    );
  return (
    <Badge tone={LOOKS[state].tone} icon={LOOKS[state].icon}>
      {configText.states[state]}
    </Badge>
  );
}
