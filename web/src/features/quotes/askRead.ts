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

/** Whom the asker waits for: nobody when the draft was not handed on, or came back. */
const waitedFor = ({ ask, actions }: Asked): string | null =>
  ask && ask.given_back_at === null && actions.includes("withdraw_ask") ? ask.to.name : null;

/** The draft as its asker reads it: what hinders it and was handed on says who is waited for, not that one may ask. */
export function whileWaiting(quote: Quote): Quote {
  const name = waitedFor(quote);
  if (name === null) return quote;
  const said = (detail: string) => detail.replace(askingText.mayAsk, askingText.waitsSentence(name));
  return { ...quote, problems: quote.problems.map((one) => ({ ...one, detail: said(one.detail) })) };
}

/** For whom alone everything that hinders waits; null while something is left for the own hands. */
export function onlyWaits(quote: Quote): string | null {
  const name = waitedFor(quote);
  if (name === null || quote.problems.length === 0) return null;
  const handed = askingText.waitsSentence(name);
  return whileWaiting(quote).problems.every((one) => one.detail.endsWith(handed)) ? name : null;
}
