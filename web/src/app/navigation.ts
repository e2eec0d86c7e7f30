import type { Me } from "../api/types";
import type { IconName } from "../parts/Icon";
import { shellText } from "../text/shell";

export interface Place {
  to:
    | "/"
    | "/quotes"
    | "/orders"
    | "/customers"
    | "/products"
    | "/config"
    | "/handling-time"
    | "/conversion"
    | "/me"
    | "/people"
    | "/people/orgs";
  word: string;
  /** A shorter word for the bar of a phone. */
  tab?: string;
  icon: IconName;
  /** Pinyin initials, for the command bar. */
  initials: string;
  /** Reached from another place: no entry of its own beside the screens. */
  inner?: true;
  /** The right without which the place would only refuse. */
  needs?: string;
}

export const PLACES: Place[] = [
  { to: "/", word: shellText.today, icon: "today", initials: "jt" },
  { to: "/quotes", word: shellText.quotes, icon: "quote", initials: "bj", needs: "quote.read" },
  { to: "/orders", word: shellText.orders, icon: "order", initials: "dd", needs: "order.read" },
  { to: "/customers", word: shellText.customers, icon: "customers", initials: "kh", needs: "customer.read" },
  {
    to: "/products",
    word: shellText.catalog,
    tab: shellText.catalogTab,
    icon: "catalog",
    initials: "spyjg",
    needs: "product.read",
  },
  { to: "/config", word: shellText.workbench, icon: "workbench", initials: "sjt", needs: "config.read" },
  { to: "/conversion", word: shellText.conversion, icon: "money", initials: "cjl", needs: "insights.read" },
  { to: "/handling-time", word: shellText.handling, icon: "clock", initials: "clsc", needs: "insights.read" },
  { to: "/people", word: shellText.people, icon: "customers", initials: "ry", needs: "people.read" },
  {
    to: "/people/orgs",
    word: shellText.orgs,
    icon: "order",
    initials: "zz",
    inner: true,
    needs: "people.read",
  },
  { to: "/me", word: shellText.me, icon: "person", initials: "wd" },
];

export const placesFor = (me: Me | undefined) =>
  PLACES.filter((place) => place.needs === undefined || me?.rights.includes(place.needs));
