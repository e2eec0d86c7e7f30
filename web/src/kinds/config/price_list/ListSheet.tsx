import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { openRegions, orgsQuery } from "../../../api/orgs";
import { optionsQuery } from "../../../api/session";
import type { Content, DraftRow } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { Choice } from "../../../parts/Field";
import { Sheet } from "../../../parts/Sheet";
import { useTyped } from "../../../parts/useTyped";
import { baseText } from "../../../text/base";
import { listsText } from "../../../text/lists";
import { ListChecks } from "./ListChecks";
import { ListCustomers } from "./ListCustomers";
import styles from "./ListSheet.module.css";
import { asList, type ListHead, listContent } from "./listHead";
import { basesFor, priceListsQuery } from "./priceLists";

const DayInput = lazy(() => import("../../../parts/DayInput").then((file) => ({ default: file.DayInput })));
const words = listsText.list;

interface ListSheetProps {
  /** The row of the whole list. */
  row: DraftRow | undefined;
  itemId: number;
  editable: boolean;
  onClose: () => void;
  onSave: (content: Content, shown: Record<string, unknown>) => void;
}

/** What is true of the whole list: tax, whom it is for, its days, what its formulas ask. */
export function ListSheet({ row, itemId, editable, onClose, onSave }: ListSheetProps) {
  const [list, setList] = useState<ListHead>(asList(row?.content ?? {}, row?.shown ?? {}));
  const typed = useTyped(list);
  const options = useQuery(optionsQuery).data;
  const orgs = useQuery(orgsQuery).data?.items;
  const lists = useQuery(priceListsQuery).data;
  const set = (patch: Partial<ListHead>) => setList({ ...list, ...patch });
  const regions = openRegions(orgs, list.regions);
  const bases = basesFor(itemId, lists ?? [], orgs ?? [], list.base);
  const save = () => {
    onSave(listContent(list), { customers: list.customers });
    onClose();
  };
  const toggle = <T,>(all: T[], one: T) =>
    all.includes(one) ? all.filter((it) => it !== one) : [...all, one];
  return (
    <Sheet
      open
      onClose={onClose}
      title={words.title}
      typed={typed}
      size={560}
      footer={
        <>
          <Button onClick={onClose}>{editable ? baseText.cancel : baseText.close}</Button>
          {editable && (
            <Button look="primary" onClick={save}>
              {baseText.save}
            </Button>
          )}
        </>
      }
    >
      <fieldset disabled={!editable} className={styles.fields}>
        <p className={styles.class}>{words.classes[list.class]}</p>
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={list.includes_tax}
            onChange={(event) => set({ includes_tax: event.target.checked })}
          />
          {words.includesTax}
        </label>
        {list.class !== "region" && (
          <ListCustomers
            customers={list.customers}
            editable={editable}
            onChange={(customers) => set({ customers })}
          />
        )}
        <ListChecks
          label={words.types}
          all={options?.customer_types ?? []}
          chosen={list.types}
          onToggle={(type) => set({ types: toggle(list.types, type) })}
        />
        <ListChecks
          label={words.tiers}
          all={(options?.tiers ?? []).map((tier) => tier.name)}
          chosen={list.tiers}
          onToggle={(tier) => set({ tiers: toggle(list.tiers, tier) })}
        />
        {list.class !== "region" && (
          <ListChecks
            label={words.regions}
            all={regions.map((region) => region.name)}
            chosen={regions.filter((region) => list.regions.includes(region.id)).map((it) => it.name)}
            onToggle={(name) => {
              const region = regions.find((one) => one.name === name);
              if (region) set({ regions: toggle(list.regions, region.id) });
            }}
          />
        )}
        <Suspense>
          <div className={styles.days}>
            <DayInput label={words.from} value={list.from} clearable onChange={(from) => set({ from })} />
            <DayInput
              label={words.to}
              value={list.to}
              min={list.from ?? undefined}
              clearable
              onChange={(to) => set({ to })}
            />
          </div>
        </Suspense>
        <Choice
          label={words.base}
          hint={words.baseHint}
          value={list.base ?? 0}
          onChange={(event) => set({ base: Number(event.target.value) || null })}
        >
          <option value={0}>{words.noBase}</option>
          {bases.map((item) => (
            <option key={item.id} value={item.id}>
              {item.name}
            </option>
          ))}
        </Choice>
        {list.class === "contract" && (
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={list.tier_applies}
              onChange={(event) => set({ tier_applies: event.target.checked })}
            />
            {words.tierApplies}
          </label>
        )}
      </fieldset>
    </Sheet>
  );
}
