import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { client, read } from "../api/client";
import { asProblem } from "../api/problem";
import { meQuery, useMayDo } from "../api/session";
import { baseText } from "../text/base";
import { customersText } from "../text/customers";
import { Badge } from "./Badge";
import { CustomerCreate } from "./CustomerCreate";
import styles from "./CustomerSearch.module.css";
import { Icon } from "./Icon";
import { ProblemNote } from "./ProblemNote";
import { useDebounced } from "./useDebounced";
import { useListKeys } from "./useListKeys";

const SHOWN = 20;

interface CustomerSearchProps {
  onPick: (customer: { id: number; name: string }) => void;
  /** Off where only existing customers make sense. */
  mayCreate?: boolean;
}

/** Finds a customer by any of his names, or makes him on the spot. */
export function CustomerSearch({ onPick, mayCreate: offered = true }: CustomerSearchProps) {
  const listId = useId();
  const me = useQuery(meQuery).data?.id;
  const mayCreate = useMayDo("customer.write") && offered;
  const [text, setText] = useState("");
  const [creating, setCreating] = useState(false);
  const q = useDebounced(text.trim(), 120);
  const found = useQuery({
    queryKey: ["customers", "pick", q],
    queryFn: ({ signal }) =>
      read(client.GET("/api/customers", { params: { query: { q: q || undefined, limit: SHOWN } }, signal })),
    placeholderData: keepPreviousData,
  });
  const rows = found.data?.items ?? [];
  const keys = useListKeys(rows.length, (index) => {
    const row = rows[index];
    if (row) onPick(row);
  });
  return (
    <div>
      <div className={styles.box}>
        <Icon name="search" size={18} />
        <input
          type="search"
          className={styles.input}
          role="combobox"
          aria-expanded={rows.length > 0}
          aria-controls={listId}
          aria-activedescendant={rows.length > 0 ? `${listId}-${keys.active}` : undefined}
          aria-label={customersText.search}
          placeholder={customersText.search}
          value={text}
          maxLength={100}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={keys.onKeyDown}
          data-autofocus
          // biome-ignore lint/a11y/noAutofocus: the one thing to do here is to type a name.
          autoFocus
        />
      </div>
      {found.error && <ProblemNote problem={asProblem(found.error)} />}
      <div id={listId} role="listbox" aria-label={customersText.list} className={styles.list}>
        {rows.map((row, index) => (
          <div key={row.id} role="presentation">
            <button
              type="button"
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === keys.active}
              tabIndex={-1}
              className={styles.row}
              onMouseMove={() => keys.setActive(index)}
              onClick={() => onPick(row)}
            >
              <span className={styles.text}>
                <b>{row.name}</b>
                <small>
                  {[row.contact, row.phone, row.city, row.owner.id !== me && row.owner.name]
                    .filter(Boolean)
                    .join(" · ")}
                </small>
              </span>
              {row.tier && <Badge tone="brand">{customersText.tierNamed(row.tier)}</Badge>}
            </button>
          </div>
        ))}
      </div>
      {found.isSuccess && rows.length === 0 && <p className={styles.none}>{baseText.nothingFound}</p>}
      {mayCreate && (
        <button type="button" className={styles.create} onClick={() => setCreating(true)}>
          <Icon name="plus" size={18} />
          {text.trim() === "" ? customersText.create : customersText.createNamed(text.trim())}
        </button>
      )}
      <CustomerCreate open={creating} name={text.trim()} onClose={() => setCreating(false)} onMade={onPick} />
    </div>
  );
}
