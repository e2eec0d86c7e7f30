import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { CustomerSearch } from "../../parts/CustomerSearch";
import { IconButton } from "../../parts/IconButton";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { quickText } from "../../text/quick";
import styles from "./CopiesSheet.module.css";

const CUSTOMERS_MAX = 20;

/** The same goods for several customers at once, each a draft at their own prices. */
export function CopiesSheet({ quote, onClose }: { quote: Quote; onClose: () => void }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<{ id: number; name: string }[]>([]);
  const make = useMutation({
    mutationFn: () =>
      read(
        client.POST("/api/quotes/{id}/copies", {
          params: { path: { id: quote.id } },
          body: { customer_ids: chosen.map(({ id }) => id) },
        }),
      ),
    onSuccess: async (made) => {
      cache.invalidateQueries({ queryKey: ["quotes"] });
      toast(quickText.copiesMade(made.items.length));
      onClose();
      await navigate({ to: "/quotes", search: { state: "draft" } });
    },
  });
  const pick = (customer: { id: number; name: string }) =>
    setChosen((all) =>
      all.length >= CUSTOMERS_MAX || all.some(({ id }) => id === customer.id) ? all : [...all, customer],
    );
  return (
    <Sheet
      open
      onClose={onClose}
      title={quickText.copyForMany}
      size={560}
      tall
      footer={
        <SheetActs
          onClose={onClose}
          busy={make.isPending}
          disabled={chosen.length === 0}
          onClick={() => make.mutate()}
        >
          {quickText.copyForManyDo(chosen.length)}
        </SheetActs>
      }
    >
      <p className={styles.explains}>{quickText.copyForManyExplains}</p>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label={quickText.chosenCustomers}>
          {chosen.map((customer) => (
            <li key={customer.id}>
              {customer.name}
              <IconButton
                icon="close"
                label={quickText.unchoose(customer.name)}
                onClick={() => setChosen((all) => all.filter(({ id }) => id !== customer.id))}
              />
            </li>
          ))}
        </ul>
      )}
      {make.error && <ProblemNote problem={asProblem(make.error)} />}
      <CustomerSearch mayCreate={false} onPick={pick} />
    </Sheet>
  );
}
