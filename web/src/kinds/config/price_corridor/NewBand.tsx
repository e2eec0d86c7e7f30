import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { client, read } from "../../../api/client";
import type { Content } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { Choice, TextField } from "../../../parts/Field";
import { configText } from "../../../text/config";
import { listsText } from "../../../text/lists";
import styles from "./CorridorEditor.module.css";
import { asPercent } from "./percent";

const words = listsText.corridor;

interface NewBandProps {
  taken: (key: string) => boolean;
  onAdd: (key: string, content: Content, shown: Record<string, unknown>) => void;
}

/** One more row, for a region and a category that have none. */
export function NewBand({ taken, onAdd }: NewBandProps) {
  const [region, setRegion] = useState(0);
  const [category, setCategory] = useState(0);
  const [min, setMin] = useState("");
  const [max, setMax] = useState("");
  const [asked, setAsked] = useState(false);
  const orgs = useQuery({
    queryKey: ["orgs"],
    queryFn: ({ signal }) => read(client.GET("/api/orgs", { signal })),
  }).data?.items;
  const categories = useQuery({
    queryKey: ["categories"],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => read(client.GET("/api/categories", { signal })),
  }).data?.items;
  const regions = (orgs ?? []).filter((org) => org.kind === "region");
  const key = `${region || "*"}|${category || "*"}`;
  const lowest = asPercent(min);
  const highest = asPercent(max);
  const turned = lowest !== null && highest !== null && Number(highest) < Number(lowest);
  const add = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (lowest === null || highest === null || turned || taken(key)) return;
    const content = { region: region || null, category: category || null, min: lowest, max: highest };
    const shown = {
      region: regions.find((one) => one.id === region)?.name,
      category: categories?.find((one) => one.id === category)?.name,
    };
    onAdd(key, content, shown);
    setMin("");
    setMax("");
    setAsked(false);
  };
  return (
    <form className={styles.add} onSubmit={add} noValidate>
      <Choice
        label={words.region}
        error={asked && taken(key) ? words.taken : undefined}
        value={region}
        onChange={(event) => setRegion(Number(event.target.value))}
      >
        <option value={0}>{words.allRegions}</option>
        {regions.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </Choice>
      <Choice
        label={words.category}
        value={category}
        onChange={(event) => setCategory(Number(event.target.value))}
      >
        <option value={0}>{words.allCategories}</option>
        {categories?.map((one) => (
          <option key={one.id} value={one.id}>
            {"　".repeat(one.depth) + one.name}
          </option>
        ))}
      </Choice>
      <TextField
        label={words.min}
        inputMode="decimal"
        error={asked && (lowest === null || turned) ? words.bad : undefined}
        value={min}
        maxLength={8}
        onChange={(event) => setMin(event.target.value)}
      />
      <TextField
        label={words.max}
        inputMode="decimal"
        error={asked && highest === null ? words.bad : undefined}
        value={max}
        maxLength={8}
        onChange={(event) => setMax(event.target.value)}
      />
      <Button type="submit" icon="plus">
        {configText.addRow}
      </Button>
    </form>
  );
}
