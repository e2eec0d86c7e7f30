import type { QuoteState as State } from "../api/types";
import { quotesText } from "../text/quotes";
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
export function QuoteState({ state, word }: { state: State; word?: string }) {
  const look = LOOKS[state];
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {word ?? quotesText.states[state]}
    </Badge>
  );
}
