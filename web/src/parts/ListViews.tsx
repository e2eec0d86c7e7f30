import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../api/client";
import { asProblem } from "../api/problem";
import type { ListView } from "../api/types";
import { quickText } from "../text/quick";
import { Button } from "./Button";
import { TextField } from "./Field";
import { IconButton } from "./IconButton";
import styles from "./ListViews.module.css";
import { ProblemNote } from "./ProblemNote";
import { Sheet } from "./Sheet";
import { SheetActs } from "./SheetActs";
import { toast } from "./toast";

interface ListViewsProps {
  list: "quotes" | "orders" | "customers";
  /** As they stand in the link, without the search for one's own words. */
  filters: Record<string, string>;
  columns: string[];
  sort: string | undefined;
  /** Null: everything, the usual columns. */
  onOpen: (view: ListView | null) => void;
}

/** The person's own views of a list as tabs: filters, columns and order together, kept under a name. */
export function ListViews({ list, filters, columns, sort, onOpen }: ListViewsProps) {
  const cache = useQueryClient();
  const key = ["list-views", list];
  const [naming, setNaming] = useState(false);
  const views = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(client.GET("/api/list-views", { params: { query: { list } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const forget = useMutation({
    mutationFn: (id: number) => read(client.DELETE("/api/list-views/{id}", { params: { path: { id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: key }),
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  const items = views.data?.items ?? [];
  const now = signature({ columns, filters, sort: sort ?? null });
  return (
    <div className={styles.bar}>
      {items.length > 0 && (
        <ul className={styles.tabs} aria-label={quickText.views}>
          <li>
            <button type="button" className={styles.tab} onClick={() => onOpen(null)}>
              {quickText.allRows}
            </button>
          </li>
          {items.map((view) => (
            <li key={view.id} className={styles.item}>
              <button
                type="button"
                className={styles.tab}
                aria-pressed={signature(view) === now}
                onClick={() => onOpen(view)}
              >
                {view.name}
              </button>
              {signature(view) === now && (
                <IconButton
                  icon="close"
                  label={quickText.viewForget(view.name)}
                  onClick={() => forget.mutate(view.id)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <Button small look="text" icon="plus" onClick={() => setNaming(true)}>
        {quickText.saveView}
      </Button>
      {naming && (
        <NameView
          body={{ list, columns, filters, sort: sort ?? null }}
          onKept={(items) => cache.setQueryData(key, { items })}
          onClose={() => setNaming(false)}
        />
      )}
    </div>
  );
}

const signature = ({ columns, filters, sort }: Pick<ListView, "columns" | "filters" | "sort">) =>
  JSON.stringify([columns, Object.entries(filters).sort(), sort]);

interface NameViewProps {
  body: { list: string; columns: string[]; filters: Record<string, string>; sort: string | null };
  onKept: (items: ListView[]) => void;
  onClose: () => void;
}

function NameView({ body, onKept, onClose }: NameViewProps) {
  const [name, setName] = useState("");
  const [asked, setAsked] = useState(false);
  const keep = useMutation({
    mutationFn: () => read(client.POST("/api/list-views", { body: { ...body, name: name.trim() } })),
    onSuccess: (kept) => {
      onKept(kept.items);
      toast(quickText.viewSaved(name.trim()));
      onClose();
    },
  });
  const send = () => {
    setAsked(true);
    if (name.trim() !== "") keep.mutate();
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={quickText.saveView}
      typed={name.trim() !== ""}
      footer={
        <SheetActs onClose={onClose} busy={keep.isPending} onClick={send}>
          {quickText.viewSave}
        </SheetActs>
      }
    >
      <TextField
        label={quickText.viewName}
        hint={quickText.viewNameHint}
        error={asked && name.trim() === "" ? quickText.viewNameMissing : undefined}
        value={name}
        maxLength={30}
        onChange={(event) => setName(event.target.value)}
        data-autofocus
      />
      {keep.error && <ProblemNote problem={asProblem(keep.error)} />}
    </Sheet>
  );
}
