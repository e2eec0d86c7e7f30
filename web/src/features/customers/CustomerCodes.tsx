import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Customer } from "../../api/types";
import { Button } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { IconButton } from "../../parts/IconButton";
import { Loaded } from "../../parts/Loaded";
import { ProblemNote } from "../../parts/ProblemNote";
import { toast } from "../../parts/toast";
import { customersText } from "../../text/customers";
import { AddCodes, type NewCode } from "./AddCodes";
import styles from "./CustomerCodes.module.css";

const words = customersText.codes;

/** What the customer calls our products: added, changed and removed one by one, or pasted as a list. */
export function CustomerCodes({ customer }: { customer: Customer }) {
  const cache = useQueryClient();
  const key = ["customers", "item codes", customer.id];
  const path = { params: { path: { id: customer.id } } };
  const [open, setOpen] = useState<"add" | "paste" | null>(null);
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => read(client.GET("/api/customers/{id}/item_codes", { ...path, signal })),
  });
  const change = useMutation({
    mutationFn: (body: CodesChange) =>
      read(client.PUT("/api/customers/{id}/item_codes", { ...path, body: { put: [], delete: [], ...body } })),
    onSuccess: (codes) => {
      cache.setQueryData(key, codes);
      cache.invalidateQueries({ queryKey: ["products"] });
      toast(words.saved);
      setOpen(null);
    },
  });
  const editable = customer.actions.includes("edit");
  return (
    <div className={styles.box}>
      <div className={styles.head}>
        <p>{words.lead}</p>
        {editable && (
          <>
            <Button small icon="plus" onClick={() => setOpen("add")}>
              {words.add}
            </Button>
            <Button small look="text" onClick={() => setOpen("paste")}>
              {words.paste}
            </Button>
          </>
        )}
      </div>
      {change.error && open === null && <ProblemNote problem={asProblem(change.error)} />}
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="table" title={words.none} hint={words.noneHint} />
          ) : (
            <ul className={styles.codes}>
              {items.map((item) => (
                <li key={item.product_id}>
                  <CodeInput
                    key={item.code}
                    label={words.codeOf(item.product_name)}
                    value={item.code}
                    disabled={!editable}
                    onCode={(code) => change.mutate({ put: [{ product_id: item.product_id, code }] })}
                  />
                  <span>
                    {item.product_name}
                    <small>{[item.product_code, item.spec].filter(Boolean).join(" · ")}</small>
                  </span>
                  {editable && (
                    <IconButton
                      quiet
                      icon="trash"
                      label={words.remove(item.code)}
                      onClick={() => change.mutate({ delete: [item.product_id] })}
                    />
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {open !== null && (
        <AddCodes
          pasting={open === "paste"}
          busy={change.isPending}
          error={change.error}
          onClose={() => {
            change.reset();
            setOpen(null);
          }}
          onPut={(put) => change.mutate({ put })}
        />
      )}
    </div>
  );
}

interface CodesChange {
  put?: NewCode[];
  delete?: number[];
}

interface CodeInputProps {
  label: string;
  value: string;
  disabled: boolean;
  onCode: (code: string) => void;
}

/** A code in its field; taken when one leaves it. */
function CodeInput({ label, value, disabled, onCode }: CodeInputProps) {
  const [text, setText] = useState(value);
  return (
    <input
      aria-label={label}
      className={styles.code}
      value={text}
      maxLength={40}
      disabled={disabled}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        if (text.trim() === "") setText(value);
        else if (text.trim() !== value) onCode(text.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) event.currentTarget.blur();
      }}
    />
  );
}
