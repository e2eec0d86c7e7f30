import { useQuery } from "@tanstack/react-query";
import { meQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { keptText } from "../../text/kept";
import { quoteNames } from "../../text/quoteNames";
import { KeptOffer } from "./KeptOffer";
import { useLeftBehind } from "./useLeftBehind";

/** What was typed into a draft and never saved before the draft was issued: it can only be read now, and put away. */
export function KeptEnded({ quote }: { quote: Quote }) {
  const me = useQuery(meQuery).data;
  return me ? <Ended person={me.id} quote={quote} /> : null;
}

function Ended({ person, quote }: { person: number; quote: Quote }) {
  const left = useLeftBehind(person, quote);
  const state = quoteNames.states[quote.state as keyof typeof quoteNames.states];
  return <KeptOffer left={left} quote={quote} hindered={keptText.ended(state)} />;
}
