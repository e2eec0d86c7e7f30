import type { QuoteState as State } from "../api/types";
import { quoteNames } from "../text/quoteNames";
import { Badge, type Tone } from "./Badge";
import type { IconName } from "./Icon";

const LOOKS: Record<State, { tone: Tone; icon: IconName }> = {
  draft: { tone: "plain", icon: "edit" },
  issued: { tone: "wait", icon: "clock" },
  signed: { tone: "money", icon: "check" },
  cancelled: { tone: "plain", icon: "close" },
  superseded: { tone: "plain", icon: "history" },
  expired: { tone: "risk", icon: "warning" },
};

/** Where a quotation stands, as a word with its picture. */
export function QuoteState({
  state,
  words = quoteNames.states,
}: {
  state: string;
  words?: Record<State, string>;
}) {
  const known = state in LOOKS ? (state as State) : "draft";
  const look = LOOKS[known];
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {words[known]}
    </Badge>
  );
}
