import { useQuery } from "@tanstack/react-query";
import { client, read } from "../../../api/client";
import { openRegions, orgsQuery } from "../../../api/orgs";
import { listsText } from "../../../text/lists";
import { RowsEditor } from "../RowsEditor";
import { figureUpTo, type RowColumn } from "../rowColumns";
import type { EditorProps } from "../types";
import { price_corridor } from "./kind";

const words = listsText.corridor;
/** Stands in a key for every region, or every category. */
const ALL = "*";

const end = (name: "min" | "max", label: string, before: string, labelOf: RowColumn["labelOf"]) => ({
  name,
  label,
  labelOf,
  before,
  after: "%",
  letters: 8,
  read: figureUpTo(1000),
  bad: words.bad,
});
const COLUMNS: readonly RowColumn[] = [
  end("min", words.min, words.lowest, words.minOf),
  end("max", words.max, words.highest, words.maxOf),
];

/** The corridor: a row for each region and category, with the lowest and the highest percent. */
export function CorridorEditor(props: EditorProps) {
  const orgs = useQuery(orgsQuery).data?.items;
  const categories = useQuery({
    queryKey: ["categories"],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => read(client.GET("/api/categories", { signal })),
  }).data?.items;
  const regions = openRegions(orgs);
  const idOf = (value: string) => (value === ALL ? null : Number(value));
  const nameIn = (list: readonly { id: number; name: string }[] | undefined, value: string) =>
    list?.find((one) => one.id === idOf(value))?.name;
  return (
    <RowsEditor
      {...props}
      read={price_corridor.read}
      hint={words.hint}
      step={words.step}
      columns={COLUMNS}
      keys={[
        {
          name: "region",
          label: words.region,
          choices: [
            { value: ALL, word: words.allRegions },
            ...regions.map((one) => ({ value: String(one.id), word: one.name })),
          ],
        },
        {
          name: "category",
          label: words.category,
          choices: [
            { value: ALL, word: words.allCategories },
            ...(categories ?? []).map((one) => ({
              value: String(one.id),
              word: "　".repeat(one.depth) + one.name,
            })),
          ],
        },
      ]}
      start={({ region = ALL, category = ALL }) => ({
        key: `${region}|${category}`,
        content: { region: idOf(region), category: idOf(category) },
        shown: { region: nameIn(regions, region), category: nameIn(categories, category) },
      })}
      badKey={words.taken}
    />
  );
}
