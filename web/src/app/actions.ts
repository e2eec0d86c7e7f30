import type { Me } from "../api/types";
import type { IconName } from "../parts/Icon";
import { shellText } from "../text/shell";

/** Something that the command bar does, or a page on which it is done. */
export interface Action {
  key: string;
  word: string;
  detail?: string;
  icon: IconName;
  /** Pinyin initials. */
  initials: string;
  /** The right without which it would only be refused. */
  needs?: string;
  /** Not while looking through another's eyes. */
  own?: true;
  does:
    | { to: "/quotes/new" | "/products/new" | "/config" | "/me" }
    | { lay: "keys" }
    | { ask: "customer" | "leave" };
}

export const ACTIONS: readonly Action[] = [
  {
    key: "quote",
    word: shellText.newQuote,
    icon: "plus",
    initials: "xjbj",
    needs: "quote.write",
    does: { to: "/quotes/new" },
  },
  {
    key: "customer",
    word: shellText.newCustomer,
    icon: "plus",
    initials: "xjkh",
    needs: "customer.write",
    does: { ask: "customer" },
  },
  {
    key: "product",
    word: shellText.newProduct,
    icon: "plus",
    initials: "xjsp",
    needs: "product.write",
    does: { to: "/products/new" },
  },
  {
    key: "import",
    word: shellText.importPrices,
    detail: shellText.importPricesHow,
    icon: "upload",
    initials: "drjmb",
    needs: "config.edit",
    does: { to: "/config" },
  },
  { key: "keys", word: shellText.keyMap, icon: "question", initials: "kjj", does: { lay: "keys" } },
  {
    key: "password",
    word: shellText.password,
    detail: shellText.passwordWhere,
    icon: "lock",
    initials: "xgmm",
    own: true,
    does: { to: "/me" },
  },
  { key: "leave", word: shellText.leave, icon: "leave", initials: "tcdl", own: true, does: { ask: "leave" } },
];

/** What this person may do. */
export const actionsFor = (me: Me | undefined): Action[] =>
  ACTIONS.filter(
    ({ needs, own }) =>
      (needs === undefined || me?.rights.includes(needs)) &&
      !((own || needs?.endsWith(".write")) && me?.viewing),
  );
