import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../../api/client";
import type { Content, DraftRow, ProductRow } from "../../../api/types";
import { Choice, TextField } from "../../../parts/Field";
import { ProductPick } from "../../../parts/ProductPick";
import { Sheet } from "../../../parts/Sheet";
import { SheetActs } from "../../../parts/SheetActs";
import { useTyped } from "../../../parts/useTyped";
import { baseText } from "../../../text/base";
import { listsText } from "../../../text/lists";
import { asShown, wordsOf } from "./entry";
import { RuleFigures } from "./RuleFigures";
import { asRule, contentOf, EMPTY_RULE, faultsOf, type Goods, type Rule, ruleKey } from "./rule";
import { WhenFields } from "./WhenFields";

const words = listsText.rule;
const GOODS: Goods[] = ["product", "series", "category", "all"];

interface RuleSheetProps {
  row: DraftRow | null;
  onClose: () => void;
  /** Why the rule cannot be taken, or null when it was. */
  onSave: (key: string, content: Content, shown: Record<string, unknown>) => string | null;
}

/** A formula, or a price for a series or a category. */
export function RuleSheet({ row, onClose, onSave }: RuleSheetProps) {
  const [rule, setRule] = useState<Rule>(row?.content ? asRule(row.content) : EMPTY_RULE);
  const typed = useTyped(rule);
  const [picked, setPicked] = useState<ProductRow | null>(null);
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const categories = useQuery({
    queryKey: ["categories"],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => read(client.GET("/api/categories", { signal })),
  });
  const set = (patch: Partial<Rule>) => setRule({ ...rule, ...patch });
  const faults = faultsOf(rule);
  const fault = (name: keyof typeof faults, sentence: string) =>
    asked && faults[name] ? sentence : undefined;
  const category = categories.data?.items.find((one) => one.id === rule.category);
  const shownNow = (): Record<string, unknown> => {
    if (picked)
      return {
        product_code: picked.code,
        product_name: picked.name,
        spec: picked.spec,
        base_unit: picked.base_unit,
        formula: rule.fixed ? undefined : words.reads(rule),
      };
    const goods = {
      product: "",
      series: words.series(rule.series.trim()),
      category: words.category(category?.name ?? ""),
      all: words.all,
    }[rule.goods];
    return {
      ...row?.shown,
      ...(rule.goods === "product" ? {} : { goods }),
      formula: rule.fixed ? undefined : words.reads(rule),
    };
  };
  const save = () => {
    setAsked(true);
    if (Object.values(faults).some(Boolean)) return;
    const shown = shownNow();
    const outcome = onSave(ruleKey(rule, asShown(shown)), contentOf(rule), shown);
    setRefused(outcome);
    if (outcome === null) onClose();
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={row ? wordsOf(row).goods : words.add}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} onClick={save}>
          {baseText.save}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 16 }}>
        {row === null && (
          <Choice
            label={words.goods}
            value={rule.goods}
            onChange={(event) => set({ goods: event.target.value as Goods })}
          >
            {GOODS.map((goods) => (
              <option key={goods} value={goods}>
                {words.sorts[goods]}
              </option>
            ))}
          </Choice>
        )}
        {row === null && rule.goods === "product" && (
          <ProductPick
            picked={picked}
            error={fault("goods", words.pick)}
            onPick={(chosen) => {
              setPicked(chosen);
              set({ product: chosen.id });
            }}
          />
        )}
        {rule.goods === "series" && (
          <TextField
            label={words.sorts.series}
            error={fault("goods", words.pick)}
            value={rule.series}
            maxLength={60}
            onChange={(event) => set({ series: event.target.value })}
          />
        )}
        {rule.goods === "category" && (
          <Choice
            label={words.sorts.category}
            error={fault("goods", words.pick)}
            value={rule.category}
            onChange={(event) => set({ category: Number(event.target.value) })}
          >
            <option value={0}>{words.pick}</option>
            {categories.data?.items.map((one) => (
              <option key={one.id} value={one.id}>
                {"　".repeat(one.depth) + one.name}
              </option>
            ))}
          </Choice>
        )}
        <RuleFigures rule={rule} set={set} fault={fault} />
        <TextField
          label={words.unit}
          hint={words.unitHint}
          optional
          value={rule.unit}
          maxLength={12}
          onChange={(event) => set({ unit: event.target.value.trim() })}
        />
        <TextField
          label={words.minQty}
          optional
          inputMode="decimal"
          error={fault("min_qty", words.badFigure)}
          value={rule.min_qty}
          maxLength={15}
          onChange={(event) => set({ min_qty: event.target.value })}
        />
        <WhenFields when={rule} set={set} />
        {refused !== null && <p role="alert">{refused}</p>}
      </div>
    </Sheet>
  );
}
