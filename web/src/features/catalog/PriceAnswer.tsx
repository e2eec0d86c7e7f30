import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Product } from "../../api/types";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { CustomerSearch } from "../../parts/CustomerSearch";
import { Choice, TextField } from "../../parts/Field";
import { asDecimal, formatDay, formatMoney } from "../../parts/format";
import { PriceTrace } from "../../parts/PriceTrace";
import { ProblemNote } from "../../parts/ProblemNote";
import { useDebounced } from "../../parts/useDebounced";
import { listsText } from "../../text/lists";
import styles from "./PriceAnswer.module.css";

const words = listsText.answer;

/** What a customer pays for the product today and why, and what else the customer's lists say. */
export function PriceAnswer({ product }: { product: Product }) {
  const [customer, setCustomer] = useState<{ id: number; name: string } | null>(null);
  const [qty, setQty] = useState("1");
  const [unit, setUnit] = useState(product.base_unit);
  const asked = useDebounced(asDecimal(qty, 3) ?? "1", 250);
  const query = useQuery({
    queryKey: ["products", "answer", product.id, customer?.id, asked, unit],
    enabled: customer !== null,
    queryFn: ({ signal }) =>
      read(
        client.GET("/api/products/{id}/answer", {
          params: { path: { id: product.id }, query: { customer: customer?.id ?? 0, qty: asked, unit } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
  const units = product.units.some((one) => one.unit === product.base_unit)
    ? product.units.map((one) => one.unit)
    : [product.base_unit, ...product.units.map((one) => one.unit)];
  const answer = query.data;
  return (
    <Card title={words.title}>
      {customer === null ? (
        <CustomerSearch mayCreate={false} onPick={({ id, name }) => setCustomer({ id, name })} />
      ) : (
        <>
          <div className={styles.asked}>
            <b>{customer.name}</b>
            <Button small look="text" onClick={() => setCustomer(null)}>
              {words.another}
            </Button>
            <TextField
              label={words.qty}
              inputMode="decimal"
              value={qty}
              maxLength={12}
              onChange={(event) => setQty(event.target.value)}
            />
            <Choice label={words.unit} value={unit} onChange={(event) => setUnit(event.target.value)}>
              {units.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </Choice>
          </div>
          {query.error && <ProblemNote problem={asProblem(query.error)} />}
          {answer && (
            <div role="status" aria-busy={query.isFetching}>
              <p className={styles.now}>
                {answer.line.unit_price === null ? words.noPrice : formatMoney(answer.line.unit_price)}
                <small>
                  /{answer.line.unit} · {answer.includes_tax ? words.taxIn : words.taxOut} ·{" "}
                  {formatDay(answer.day)}
                </small>
              </p>
              <PriceTrace line={answer.line} />
              <h3 className={styles.heading}>{words.others}</h3>
              {answer.alternatives.length === 0 && <p className={styles.quiet}>{words.noOthers}</p>}
              <ul className={styles.others}>
                {answer.alternatives.map((other) => (
                  <li key={`${other.item_id} ${other.goods} ${other.unit} ${other.min_qty} ${other.reason}`}>
                    <span>
                      {other.list_name} V{other.n}
                      <small>
                        {[other.class_name, other.goods, other.note, other.reason]
                          .filter(Boolean)
                          .join(" · ")}
                      </small>
                    </span>
                    <b>
                      {other.unit_price === null ? words.noPrice : formatMoney(other.unit_price)}
                      <small>/{other.unit}</small>
                    </b>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </>
      )}
    </Card>
  );
}
