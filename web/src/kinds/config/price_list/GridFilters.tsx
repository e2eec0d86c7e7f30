import { useQuery } from "@tanstack/react-query";
import { memo, useState } from "react";
import { client, read } from "../../../api/client";
import { OptionFilter } from "../../../parts/OptionFilter";
import { SearchBox } from "../../../parts/SearchBox";
import { configText } from "../../../text/config";
import { pricesText } from "../../../text/prices";
import { type Filters, ONLY, type Only } from "./filter";
import styles from "./GridFilters.module.css";

interface GridFiltersProps {
  filters: Filters;
  counts: Record<Only, number>;
  onFilters: (change: (filters: Filters) => Filters) => void;
}

const PAGE = 200;

/** The products of a category, page by page. */
async function productsOf(category: number, signal: AbortSignal): Promise<ReadonlySet<number>> {
  const found = new Set<number>();
  let after: string | undefined;
  do {
    const query = { category, limit: PAGE, after };
    const page = await read(client.GET("/api/products", { params: { query }, signal }));
    for (const product of page.items) found.add(product.id);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return found;
}

/** What is shown of the rows. The words with their colours are at the same time the legend of the grid. */
export const GridFilters = memo(function GridFilters({ filters, counts, onFilters }: GridFiltersProps) {
  const set = (patch: Partial<Filters>) => onFilters((now) => ({ ...now, ...patch }));
  const moves = filters.only === "changed" || filters.only === "raised" || filters.only === "lowered";
  return (
    <div className={styles.filters} data-find>
      <SearchBox label={configText.searchRows} value={filters.text} onChange={(text) => set({ text })} />
      <CategoryFilter onProducts={(products) => set({ products })} />
      <div role="group" aria-label={pricesText.filterGroup} className={styles.chips}>
        {ONLY.map((only) => (
          <button
            key={only}
            type="button"
            className={`${styles.chip} ${styles[only]}`}
            aria-pressed={filters.only === only}
            onClick={() => set(filters.only === only ? { only: null, over: "" } : { only })}
          >
            <span className={styles.dot} aria-hidden="true" />
            {pricesText.filters[only]}
            <b>{counts[only]}</b>
          </button>
        ))}
      </div>
      {moves && (
        <label className={styles.over}>
          {pricesText.over}
          <input
            inputMode="decimal"
            aria-label={pricesText.overLabel}
            maxLength={6}
            value={filters.over}
            onChange={(event) => set({ over: event.target.value })}
          />
          %
        </label>
      )}
    </div>
  );
});

function CategoryFilter({ onProducts }: { onProducts: (products: ReadonlySet<number> | null) => void }) {
  const [chosen, setChosen] = useState<string | undefined>();
  const categories = useQuery({
    queryKey: ["categories"],
    queryFn: ({ signal }) => read(client.GET("/api/categories", { signal })),
  });
  const pick = async (value: string | undefined) => {
    setChosen(value);
    onProducts(value === undefined ? null : new Set());
    if (value !== undefined) onProducts(await productsOf(Number(value), new AbortController().signal));
  };
  const options = (categories.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name }));
  if (options.length === 0) return null;
  return <OptionFilter label={pricesText.category} options={options} value={chosen} onChange={pick} />;
}
