import type { Me } from "../api/types";
import type { IconName } from "../parts/Icon";
import { shellText } from "../text/shell";

export interface Place {
  to:
    | "/"
    | "/tasks"
    | "/notices"
    | "/quotes"
    | "/orders"
    | "/customers"
    | "/products"
    | "/config"
    | "/handling-time"
    | "/conversion"
    | "/me"
    | "/people"
    | "/company"
    | "/audit"
    | "/keys"
    | "/webhooks"
    | "/backups"
    | "/people/orgs";
  word: string;
  /** A shorter word for the bar of a phone. */
  tab?: string;
  icon: IconName;
  /** Pinyin initials, for the command bar. */
  initials: string;
  /** The right without which the place would only refuse. */
  needs?: string;
  /** Found under one's own page and by the command bar; in the side bar only of whoever manages and does nothing else. */
  tucked?: true;
}

export const PLACES: Place[] = [
  { to: "/", word: shellText.today, icon: "today", initials: "jt" },
  { to: "/tasks", word: shellText.tasks, icon: "clock", initials: "rw" },
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
  { to: "/conversion", word: shellText.conversion, icon: "filter", initials: "cjl", needs: "insights.read" },
  { to: "/handling-time", word: shellText.handling, icon: "clock", initials: "clsc", needs: "insights.read" },
  { to: "/people", word: shellText.people, icon: "customers", initials: "ry", needs: "people.read" },
  { to: "/notices", word: shellText.notices, icon: "info", initials: "xx" },
  {
    to: "/people/orgs",
    word: shellText.orgs,
    icon: "order",
    initials: "zz",
    needs: "people.read",
    tucked: true,
  },
  {
    to: "/company",
    word: shellText.company,
    icon: "seal",
    initials: "gszl",
    needs: "company.write",
    tucked: true,
  },
  {
    to: "/audit",
    word: shellText.audit,
    icon: "history",
    initials: "czjl",
    needs: "audit.read",
    tucked: true,
  },
  { to: "/keys", word: shellText.keys, icon: "lock", initials: "apimy", needs: "keys.write", tucked: true },
  {
    to: "/webhooks",
    word: shellText.webhooks,
    icon: "external",
    initials: "wfdz",
    needs: "webhooks.write",
    tucked: true,
  },
  {
    to: "/backups",
    word: shellText.backups,
    icon: "file",
    initials: "bf",
    needs: "company.write",
    tucked: true,
  },
  { to: "/me", word: shellText.me, icon: "person", initials: "wd" },
];

export const placesFor = (me: Me | undefined) =>
  PLACES.filter((place) => place.needs === undefined || me?.rights.includes(place.needs));

const WORK: Place["to"][] = ["/quotes", "/orders", "/customers", "/products", "/config"];
const MANAGING: Place["to"][] = [
  "/people",
  "/people/orgs",
  "/company",
  "/audit",
  "/keys",
  "/webhooks",
  "/backups",
];

/** The pages of whoever manages the company's accounts and settings and has no other work; of everybody else, none. */
export function managing(places: Place[]): Place[] {
  if (places.some((place) => WORK.includes(place.to))) return [];
  return MANAGING.flatMap((to) => places.filter((place) => place.to === to));
}

/** What stands in the side bar: the places of everybody's work, and those of managing where that is the work. */
export function sideBar(places: Place[]): { work: Place[]; managing: Place[] } {
  const apart = managing(places);
  const work = places.filter((place) => place.to !== "/me" && !place.tucked && !apart.includes(place));
  return { work, managing: apart };
}

const under = (root: string, path: string) => path === root || (root !== "/" && path.startsWith(`${root}/`));

/** The one place among `shown` to which the page at `path` belongs: the nearest above it. */
export function placeAt(path: string, shown: Place[]): Place | undefined {
  const above = shown.filter(({ to }) => under(to, path));
  return above.sort((one, other) => other.to.length - one.to.length)[0];
}

/** In the order of their use; as many as fit beside 今天 and 我的 stand in the bar of a phone, the rest in 我的. */
const MIDDLE: Place["to"][] = ["/customers", "/quotes", "/orders", "/products", "/people"];
const MIDDLE_MAX = 2;

/**
 * What stands in the bar of a phone, from left to right. Whoever has quotations turns to the orders on their page, so
 * that one tab leads to both, and is called by both.
 */
export function phoneTabs(places: Place[]): Place[] {
  const place = (to: Place["to"]) => places.filter((one) => one.to === to);
  const both = place("/quotes").length > 0 && place("/orders").length > 0;
  const named = (one: Place) => (both && one.to === "/quotes" ? { ...one, tab: shellText.salesTab } : one);
  const middle = MIDDLE.flatMap(place);
  const apart = middle.filter((one) => !(both && one.to === "/orders")).map(named);
  return [...place("/"), ...apart.slice(0, MIDDLE_MAX), ...place("/me")];
}

/** Whether the tab of `to` stands for the page at `path`: that of quotations for orders too, which share it. */
export function tabHolds(to: Place["to"], path: string, tabs: Place[]): boolean {
  const shared = to === "/quotes" && !tabs.some((one) => one.to === "/orders") && under("/orders", path);
  return under(to, path) || shared;
}
