import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { CustomerSearch } from "../../parts/CustomerSearch";
import { formatMoment } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { Page } from "../../parts/Page";
import { ProblemNote } from "../../parts/ProblemNote";
import { Skeleton } from "../../parts/Skeleton";
import { customersText } from "../../text/customers";
import { keptText } from "../../text/kept";
import { quotesText } from "../../text/quotes";
import styles from "./KeptOffer.module.css";
import { useBegin } from "./useBegin";

const route = getRouteApi("/app/quotes/new");

/** A new quotation begins with its customer; the draft then lives on the server. */
export function NewQuotePage() {
  const { customer } = route.useSearch();
  const begin = useBegin();
  const { beginFor, left, lost, again } = begin;
  useEffect(() => {
    if (customer !== undefined) void beginFor(customer, "");
  }, [customer, beginFor]);
  return (
    <Page title={quotesText.create} back="/quotes" width="read">
      {begin.problem && <ProblemNote problem={begin.problem} />}
      {lost && (
        <section className={styles.card} role="status">
          <p className={styles.title}>
            <Icon name="unplugged" size={20} />
            {keptText.begunWaiting}
          </p>
          <div className={styles.actions}>
            <Button onClick={() => again(lost)}>{keptText.begunAgain}</Button>
          </div>
        </section>
      )}
      {left && customer === undefined && (
        <section className={styles.card} aria-label={keptText.bar}>
          <p className={styles.title}>
            <Icon name="history" size={20} />
            {keptText.begun(left.customerName, formatMoment(left.at))}
          </p>
          <div className={styles.actions}>
            <Button onClick={() => again(left)}>{keptText.goOn}</Button>
            <Button look="text" onClick={begin.drop}>
              {keptText.drop}
            </Button>
          </div>
        </section>
      )}
      {begin.busy || (customer !== undefined && !begin.problem) ? (
        <Skeleton rows={4} />
      ) : (
        <Card title={customersText.pick}>
          <CustomerSearch onPick={(picked) => beginFor(picked.id, picked.name)} />
        </Card>
      )}
    </Page>
  );
}
