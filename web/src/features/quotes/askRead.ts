import { Problem } from "../../api/problem";
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

/** Whether `me` has just refused to issue the draft as it is, and it waits for whoever asked. */
export const gaveBack = ({ ask, taken_by: taken }: Pick<Quote, "ask" | "taken_by">, me: number | undefined) =>
  ask != null && ask.given_back_at != null && ask.to.id === me && taken?.id !== me;

/** Whether the draft came back and nothing was changed since: asked again as it is, it would be refused again. */
export const refusedAsItIs = ({ ask, updated_at: at }: Pick<Quote, "ask" | "updated_at">) =>
  ask != null && ask.given_back_at != null && at <= ask.given_back_at;

/** The line whose price is changed first: the first that hinders, else the first with a price by hand; null: none. */
export function toMend({ problems, lines }: Pick<Quote, "problems" | "lines">): string | null {
  const hinders = problems.find((one) => one.line_id !== null)?.line_id;
  return hinders ?? lines.find((line) => line.manual !== null)?.id ?? null;
}

/** Who may be asked, the nearest first; whoever has just given the draft back before them, who knows it. */
export function toAsk({ ask, askable }: Pick<Quote, "ask" | "askable">): Quote["askable"] {
  const back = ask?.given_back_at == null ? undefined : ask.to.id;
  const again = askable.filter((one) => one.id === back);
  return [...again, ...askable.filter((one) => one.id !== back)];
}

/** Whom the asker waits for: nobody when the draft was not handed on, or came back. */
const waitedFor = ({ ask, actions }: Asked): string | null =>
  ask && ask.given_back_at === null && actions.includes("withdraw_ask") ? ask.to.name : null;

/** The draft as its asker reads it: what hinders it and was handed on says who is waited for, not that one may ask. */
export function whileWaiting(quote: Quote): Quote {
  const name = waitedFor(quote);
  if (name === null) return quote;
  const problems = quote.problems.map((one) => ({ ...one, detail: waitsInstead(one.detail, name) }));
  return { ...quote, problems };
}

/** What hinders, ending with who is waited for and not with who may. */
function waitsInstead(detail: string, name: string): string {
  const handed = askingText.waitsSentence(name);
  return detail.replace(askingText.onlyThey, askingText.stop + handed).replace(askingText.mayAsk, handed);
}

/** A refusal to issue as the asker reads it while somebody is waited for. */
export function refusedWaiting(quote: Asked, problem: Problem): Problem {
  const name = waitedFor(quote);
  if (name === null) return problem;
  const { status, code, message, facts, traceId } = problem;
  return new Problem(status, code, waitsInstead(message, name), facts, traceId);
}

/**
 * For whom alone everything that hinders waits; null while something is left for the own hands. `refused`: why it was
 * not issued.
 */
export function onlyWaits(quote: Quote, refused: Problem | null = null): string | null {
  const name = waitedFor(quote);
  if (name === null) return null;
  const hinders = [...quote.problems.map((one) => one.detail), ...(refused ? [refused.message] : [])];
  const handed = askingText.waitsSentence(name);
  const all = hinders.length > 0 && hinders.every((detail) => waitsInstead(detail, name).endsWith(handed));
  return all ? name : null;
}
