import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { client, ifMatch, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type {
  AskedRow,
  Import,
  ImportChoices,
  ImportPreview,
  ImportSupplier,
  RowDecision,
  SheetChoice,
} from "../../api/types";

/** While a file is read, it is asked how far it is so often. */
const ASK_AGAIN_MS = 400;

export const importKey = (id: number) => ["config", "import", id] as const;

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: importKey(id),
    queryFn: ({ signal }) =>
      read(client.GET("/api/config/imports/{id}", { params: { path: { id } }, signal })),
  });

export const draftImportsQuery = (draftId: number) =>
  queryOptions({
    queryKey: ["config", "imports", draftId],
    queryFn: ({ signal }) =>
      read(client.GET("/api/config/drafts/{id}/imports", { params: { path: { id: draftId } }, signal })),
  });

export const suppliersQuery = queryOptions({
  queryKey: ["config", "suppliers"],
  queryFn: ({ signal }) => read(client.GET("/api/config/suppliers", { signal })),
});

/** The suppliers whose memory a file goes by: those of its place, and after them those that head office lends. */
export function lentTo(found: Import, suppliers: ImportSupplier[]): ImportSupplier[] {
  const own = suppliers.filter((one) => one.scope.id === found.scope);
  const named = new Set(own.map((one) => one.name));
  return [...own, ...suppliers.filter((one) => one.head_office && !named.has(one.name))];
}

/** One file, followed while it is read. */
export function useImport(id: number | null) {
  return useQuery({
    ...importQuery(id ?? 0),
    enabled: id !== null,
    refetchInterval: (query) => (query.state.data?.state === "reading" ? ASK_AGAIN_MS : false),
  });
}

/** Settles a file otherwise: the answer is read anew on the server. A second hand that was first is shown, not undone. */
export function useSettle() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ of, choices }: { of: Import; choices: ImportChoices }) =>
      read(
        client.PATCH("/api/config/imports/{id}", {
          params: { path: { id: of.id } },
          body: choices,
          ...ifMatch(of.version),
        }),
      ),
    onSuccess: (now) => cache.setQueryData(importKey(now.id), now),
    onError: (error, { of }) => {
      if (asProblem(error).status === 412) cache.invalidateQueries({ queryKey: importKey(of.id) });
    },
  });
}

/** The choices with another one for a sheet. */
export function withSheet(choices: ImportChoices, sheet: SheetChoice): ImportChoices {
  const others = choices.sheets.filter((one) => one.sheet !== sheet.sheet);
  return { ...choices, sheets: [...others, sheet] };
}

/** What was chosen for a sheet so far. */
export const sheetChoice = (choices: ImportChoices, sheet: string): SheetChoice =>
  choices.sheets.find((one) => one.sheet === sheet) ?? { sheet };

/** The choices with these rows settled; what was settled for a row before goes on to count beside it. */
export function withRows(choices: ImportChoices, rows: RowDecision[]): ImportChoices {
  const key = (row: RowDecision) => `${row.row} ${row.sheet}`;
  const settled = new Map(choices.decisions.map((row) => [key(row), row]));
  for (const row of rows) settled.set(key(row), { ...settled.get(key(row)), ...row });
  return { ...choices, decisions: [...settled.values()] };
}

/** How many sheets of a file are taken. */
export const takenSheets = (preview: ImportPreview | null) =>
  preview?.sheets.filter((sheet) => sheet.taken).length ?? 0;

/** The product that a row most likely means; none where two are meant, or goods of one name in several sizes. */
export function likeliestOf({ names_two, products }: AskedRow) {
  const [first, ...others] = products;
  return first && !names_two && others.every(({ name }) => name !== first.name) ? first : null;
}
