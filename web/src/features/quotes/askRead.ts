import type { Quote } from "../../api/types";
import { askingText } from "../../text/asking";

type Asked = Pick<Quote, "ask" | "actions">;

/** What is told of an ask to whoever reads the draft: who asked whom, or who gave it back, and with which words. */
export function askRead({ ask, actions }: Asked): { title: string; words: string } | null {
  if (!ask) return null;
  if (ask.given_back_at !== null) {
    return { title: askingText.backToMe(ask.to.name), words: ask.words ?? "" };
  }
  const title = actions.includes("give_back")
    ? askingText.toMe(ask.by.name)
    : actions.includes("withdraw_ask")
      ? askingText.mine(ask.to.name)
      : askingText.others(ask.by.name, ask.to.name);
  return { title, words: ask.reason };
}
