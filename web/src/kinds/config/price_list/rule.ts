import type { Content } from "../../../api/types";
import { asDecimal, trimZeros } from "../../../parts/format";
import { asEntry, type ShownProduct } from "./entry";

export type Goods = "product" | "series" | "category" | "all";
export type FormulaOf = "base" | "cost";

/** A row for more than one product, or with a formula, as its sheet edits it. */
export interface Rule {
  goods: Goods;
  product: number;
  series: string;
  category: number;
  unit: string;
  min_qty: string;
  /** A price, or a formula. */
  fixed: boolean;
  price: string;
  of: FormulaOf | "list_price";
  percent: string;
  plus: string;
  from: string | null;
  to: string | null;
  note: string;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");
const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

export const EMPTY_RULE: Rule = {
  goods: "product",
  product: 0,
  series: "",
  category: 0,
  unit: "",
  min_qty: "",
  fixed: false,
  price: "",
  of: "base",
  percent: "",
  plus: "",
  from: null,
  to: null,
  note: "",
};

/** The content of a row as its sheet shows it. */
export function asRule(content: Content): Rule {
  const entry = asEntry(content);
  const goods = record(content.goods);
  const formula = record(content.formula);
  const of = text(formula.of);
  const sort: Goods =
    content.goods === "all"
      ? "all"
      : "series" in goods
        ? "series"
        : "category" in goods
          ? "category"
          : "product";
  return {
    goods: sort,
    product: sort === "product" ? entry.product : 0,
    series: text(goods.series),
    category: Number(goods.category ?? 0),
    unit: entry.unit ?? "",
    min_qty: entry.min_qty ?? "",
    fixed: content.formula == null,
    price: entry.price,
    of: of === "cost" || of === "list_price" ? of : "base",
    percent: text(formula.percent),
    plus: text(formula.plus),
    from: entry.from,
    to: entry.to,
    note: entry.note ?? "",
  };
}

/** The content that the server takes; the sheet has looked at its figures before. */
export function contentOf(rule: Rule): Content {
  const content: Content = {
    unit: rule.unit === "" ? null : rule.unit,
    min_qty: rule.min_qty.trim() === "" || Number(rule.min_qty) === 0 ? null : trimZeros(rule.min_qty.trim()),
    from: rule.from,
    to: rule.to,
  };
  if (rule.goods === "product") content.product = rule.product;
  else if (rule.goods === "series") content.goods = { series: rule.series.trim() };
  else if (rule.goods === "category") content.goods = { category: rule.category };
  else content.goods = "all";
  if (rule.fixed) content.price = rule.price.trim();
  else {
    const plus = rule.plus.trim();
    content.formula = {
      of: rule.of,
      percent: trimZeros(rule.percent.trim()),
      ...(plus === "" || Number(plus) === 0 ? {} : { plus }),
    };
  }
  if (rule.note.trim() !== "") content.note = rule.note.trim();
  return content;
}

/** The key that the server gives such a row. */
export function ruleKey(rule: Rule, shown: ShownProduct): string {
  const goods = {
    product: shown.product_code,
    series: `*series:${rule.series.trim()}`,
    category: `*category:${rule.category}`,
    all: "*all",
  }[rule.goods];
  const content = contentOf(rule);
  const unit = content.unit === shown.base_unit ? "" : text(content.unit);
  return [goods, unit, text(content.min_qty), rule.from ?? ""].join("|").replace(/\|+$/, "");
}

/** What keeps the rule from being saved, by field. */
export function faultsOf(rule: Rule) {
  const figure = (text: string, decimals: number) => asDecimal(text.trim(), decimals) !== null;
  return {
    goods:
      (rule.goods === "product" && rule.product === 0) ||
      (rule.goods === "series" && rule.series.trim() === "") ||
      (rule.goods === "category" && rule.category === 0),
    price: rule.fixed && (rule.goods === "all" || !figure(rule.price, 4)),
    percent: !rule.fixed && (!figure(rule.percent, 2) || Number(rule.percent) > 1000),
    plus: !rule.fixed && rule.plus.trim() !== "" && !figure(rule.plus, 4),
    min_qty: rule.min_qty.trim() !== "" && !figure(rule.min_qty, 3),
  };
}
