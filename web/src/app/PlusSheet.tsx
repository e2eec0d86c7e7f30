import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useMayDo } from "../api/session";
import { CustomerCreate } from "../parts/CustomerCreate";
import { Icon } from "../parts/Icon";
import { Sheet } from "../parts/Sheet";
import { shellText } from "../text/shell";
import { layOver } from "./over";
import styles from "./PlusSheet.module.css";

/** What the plus offers: each with the reason to press it. */
export function PlusSheet({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const mayQuote = useMayDo("quote.write");
  const mayAddCustomer = useMayDo("customer.write");
  const [naming, setNaming] = useState(false);
  const quote = () => {
    onClose();
    navigate({ to: "/quotes/new" });
  };
  return (
    <>
      <Sheet open={!naming} onClose={onClose} title={shellText.plusTitle}>
        <div className={styles.list}>
          {mayQuote && (
            <button type="button" className={styles.choice} onClick={quote}>
              <Icon name="quote" size={24} />
              <span>
                <b>{shellText.newQuote}</b>
                <small>{shellText.plusQuoteHint}</small>
              </span>
            </button>
          )}
          {mayAddCustomer && (
            <button type="button" className={styles.choice} onClick={() => setNaming(true)}>
              <Icon name="customers" size={24} />
              <span>
                <b>{shellText.newCustomer}</b>
                <small>{shellText.plusCustomerHint}</small>
              </span>
            </button>
          )}
          <button type="button" className={styles.choice} onClick={() => layOver("command")}>
            <Icon name="search" size={24} />
            <span>
              <b>{shellText.commandOpen}</b>
              <small>{shellText.commandWhy}</small>
            </span>
          </button>
        </div>
      </Sheet>
      <CustomerCreate
        open={naming}
        name=""
        onClose={onClose}
        onMade={(made) => {
          onClose();
          navigate({ to: "/customers/$customerId", params: { customerId: String(made.id) } });
        }}
      />
    </>
  );
}
