import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { Button } from "../../parts/Button";
import { formatMoment } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { importText as words } from "../../text/imports";
import styles from "./Import.module.css";
import { suppliersQuery } from "./importApi";

/** What is remembered of the files of suppliers: seen, and forgotten. */
export function SuppliersSheet({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const query = useQuery(suppliersQuery);
  const [opened, setOpened] = useState<number | null>(null);
  const forget = useMutation({
    mutationFn: (id: number) =>
      read(client.DELETE("/api/config/suppliers/{id}", { params: { path: { id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: suppliersQuery.queryKey }),
  });
  return (
    <Sheet open onClose={onClose} title={words.suppliers} size={640}>
      {forget.error && <ProblemNote problem={asProblem(forget.error)} />}
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{words.noSuppliers}</p>
          ) : (
            <ul className={styles.suppliers}>
              {items.map((one) => (
                <li key={one.id}>
                  <b>{one.name}</b>
                  <small>{words.taughtIn(one.scope.name)}</small>
                  <small>{words.supplierFacts(one, formatMoment(one.updated_at))}</small>
                  <Button small look="text" onClick={() => setOpened(opened === one.id ? null : one.id)}>
                    {words.seeMemory(one.name)}
                  </Button>
                  {one.editable && (
                    <Button small look="text" busy={forget.isPending} onClick={() => forget.mutate(one.id)}>
                      {words.forget(one.name)}
                    </Button>
                  )}
                  {opened === one.id && <Memory id={one.id} />}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Sheet>
  );
}

function Memory({ id }: { id: number }) {
  const query = useQuery({
    queryKey: ["config", "supplier", id],
    queryFn: ({ signal }) =>
      read(client.GET("/api/config/suppliers/{id}", { params: { path: { id } }, signal })),
  });
  return (
    <Loaded query={query}>
      {(memory) => (
        <dl className={styles.memory}>
          {(["heads", "units", "products"] as const).map((sort) =>
            memory[sort].map((pair) => (
              <div key={`${sort} ${pair.written}`}>
                <dt>{words.written[sort](pair.written)}</dt>
                <dd>{pair.meant}</dd>
              </div>
            )),
          )}
        </dl>
      )}
    </Loaded>
  );
}
