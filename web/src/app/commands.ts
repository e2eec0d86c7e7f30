import type { LinkProps } from "@tanstack/react-router";
import type { Me } from "../api/types";
import type { IconName } from "../parts/Icon";
import type { Visited } from "../parts/visited";
import { shellText } from "../text/shell";
import { type Action, actionsFor } from "./actions";
import { placesFor } from "./navigation";

/** One line of the command bar. */
export interface Command {
  key: string;
  group: string;
  icon: IconName;
  word: string;
  detail?: string;
  /** Where it leads, or what it does right there. */
  does: { link: LinkProps } | Exclude<Action["does"], { to: string }>;
}

/** What a record of each sort looks like here, and the right without which it does not open. */
const RECORDS = {
  customer: { icon: "customers", needs: "customer.read" },
  quote: { icon: "quote", needs: "quote.read" },
  order: { icon: "order", needs: "order.read" },
  product: { icon: "catalog", needs: "product.read" },
} as const satisfies Record<Visited["kind"], { icon: IconName; needs: string }>;

function linkOf({ kind, id }: Visited): LinkProps {
  const name = String(id);
  switch (kind) {
    case "customer":
      return { to: "/customers/$customerId", params: { customerId: name } };
    case "quote":
      return { to: "/quotes/$quoteId", params: { quoteId: name } };
    case "order":
      return { to: "/orders/$orderId", params: { orderId: name } };
    case "product":
      return { to: "/products/$productId", params: { productId: name } };
  }
}

/** A record as a line of its group. */
export const recordCommand = (group: string, record: Visited): Command => ({
  key: `${record.kind} ${record.id}`,
  group,
  icon: RECORDS[record.kind].icon,
  word: record.word,
  detail: record.detail,
  does: { link: linkOf(record) },
});

/** What was opened last, as far as this person may still open it. */
export const recentCommands = (visited: readonly Visited[], me: Me | undefined): Command[] =>
  visited
    .filter(({ kind }) => me?.rights.includes(RECORDS[kind].needs))
    .map((one) => recordCommand(shellText.commandRecent, one));

/** Whether a word is meant by what was typed: a part of it, or of its pinyin initials. */
export function isMeant(typed: string, { word, initials }: { word: string; initials: string }): boolean {
  const text = typed.toLowerCase();
  return word.toLowerCase().includes(text) || initials.includes(text);
}

/** Actions and pages that are meant; all of them while nothing is typed. */
export function ownCommands(typed: string, me: Me | undefined): Command[] {
  const actions = actionsFor(me)
    .filter((action) => isMeant(typed, action))
    .map(({ key, icon, word, detail, does }) => ({
      key,
      group: shellText.commandActions,
      icon,
      word,
      detail,
      does: "to" in does ? { link: { to: does.to } } : does,
    }));
  const pages = placesFor(me)
    .filter((place) => isMeant(typed, place))
    .map(({ to, icon, word }) => ({
      key: to,
      group: shellText.commandPages,
      icon,
      word,
      does: { link: { to } },
    }));
  return [...actions, ...pages];
}
