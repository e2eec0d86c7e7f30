import { useState } from "react";
import { Button } from "../../../parts/Button";
import { CustomerSearch } from "../../../parts/CustomerSearch";
import { IconButton } from "../../../parts/IconButton";
import { listsText } from "../../../text/lists";
import styles from "./ListSheet.module.css";
import type { ListHead } from "./listHead";

const words = listsText.list;

interface ListCustomersProps {
  customers: ListHead["customers"];
  editable: boolean;
  onChange: (customers: ListHead["customers"]) => void;
}

/** The customers that a list is for by name. */
export function ListCustomers({ customers, editable, onChange }: ListCustomersProps) {
  const [searching, setSearching] = useState(false);
  return (
    <div className={styles.group}>
      <b>{words.customers}</b>
      <ul className={styles.chosen}>
        {customers.map((customer) => (
          <li key={customer.id}>
            {customer.name}
            {editable && (
              <IconButton
                quiet
                icon="close"
                label={words.removeCustomer(customer.name)}
                onClick={() => onChange(customers.filter((one) => one.id !== customer.id))}
              />
            )}
          </li>
        ))}
      </ul>
      {searching && (
        <CustomerSearch
          mayCreate={false}
          onPick={({ id, name }) => {
            setSearching(false);
            if (!customers.some((one) => one.id === id)) onChange([...customers, { id, name }]);
          }}
        />
      )}
      {!searching && editable && (
        <Button small icon="plus" onClick={() => setSearching(true)}>
          {words.addCustomer}
        </Button>
      )}
    </div>
  );
}
