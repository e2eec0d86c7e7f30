import { useState } from "react";
import type { Quote } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { CustomerSearch } from "../../parts/CustomerSearch";
import { Sheet } from "../../parts/Sheet";
import { customersText } from "../../text/customers";
import { quotesText } from "../../text/quotes";
import styles from "./DraftCustomer.module.css";

/** For whom the draft is; another customer may be chosen, and prices follow. */
export function DraftCustomer({ quote, onPick }: { quote: Quote; onPick: (customerId: number) => void }) {
  const [picking, setPicking] = useState(false);
  const { customer } = quote;
  const reach = [customer.contact, customer.phone].filter(Boolean).join(" ");
  return (
    <div className={styles.bar}>
      <div className={styles.text}>
        <span className={styles.name}>{customer.name}</span>
        {customer.tier && <Badge tone="brand">{customersText.tierNamed(customer.tier)}</Badge>}
        {reach && <span className={styles.reach}>{reach}</span>}
      </div>
      {quote.revision === 1 && (
        <Button look="text" small onClick={() => setPicking(true)}>
          {quotesText.changeCustomer}
        </Button>
      )}
      <Sheet open={picking} onClose={() => setPicking(false)} title={customersText.pick} tall>
        <CustomerSearch
          onPick={(picked) => {
            setPicking(false);
            onPick(picked.id);
          }}
        />
      </Sheet>
    </div>
  );
}
