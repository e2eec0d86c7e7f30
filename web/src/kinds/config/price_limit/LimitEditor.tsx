import { useQuery } from "@tanstack/react-query";
import { client, read } from "../../../api/client";
import { configText } from "../../../text/config";
import { RowsEditor } from "../RowsEditor";
import { figureUpTo, type RowColumn } from "../rowColumns";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import { price_limit } from "./kind";

const words = configText.kinds.price_limit;

const COLUMNS: readonly RowColumn[] = [
  {
    name: "depth",
    label: words.depthField,
    labelOf: words.depthOf,
    before: words.depth,
    after: "%",
    letters: 8,
    read: figureUpTo(100),
    bad: words.badDepth,
    usual: "0",
  },
  {
    name: "rounding",
    label: words.roundingField,
    labelOf: words.roundingOf,
    before: words.rounding,
    after: words.yuan,
    letters: 8,
    read: figureUpTo(1000),
    bad: words.badRounding,
    usual: "0",
  },
];

/** What each role may take off by hand: percent below the tier price, and 抹零 in yuan. */
export function LimitEditor(props: EditorProps) {
  const { view } = useDraftRows(props.draft);
  const roles = useQuery({
    queryKey: ["roles"],
    queryFn: ({ signal }) => read(client.GET("/api/roles", { signal })),
  });
  const free = (roles.data?.items ?? []).filter((role) => view.byKey.get(role.id)?.content == null);
  return (
    <RowsEditor
      {...props}
      read={price_limit.read}
      hint={words.hint}
      step={words.named}
      columns={COLUMNS}
      keys={[
        {
          name: "role",
          label: words.role,
          choices: free.map((role) => ({ value: role.id, word: role.name })),
        },
      ]}
      start={({ role = "" }) => ({
        key: role,
        content: { role },
        shown: { role_name: free.find((one) => one.id === role)?.name },
      })}
      badKey={words.badRole}
    />
  );
}
