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

/** Where a draft stands. */
export function DraftState({ state }: { state: Draft["state"] }) {
  return (
    <Badge tone={LOOKS[state].tone} icon={LOOKS[state].icon}>
      {configText.states[state]}
    </Badge>
  );
}
