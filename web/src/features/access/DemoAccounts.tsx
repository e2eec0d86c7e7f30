import type { Company } from "../../api/types";
import { signInText } from "../../text/signIn";
import styles from "./LoginPage.module.css";

interface DemoAccountsProps {
  accounts: Company["demo_accounts"];
  busy: boolean;
  onPick: (account: string) => void;
}

/** In the demo company every role is one tap away. */
export function DemoAccounts({ accounts, busy, onPick }: DemoAccountsProps) {
  if (accounts.length === 0) return null;
  return (
    <section className={styles.demo}>
      <h2>{signInText.demoTitle}</h2>
      <ul>
        {accounts.map((one) => (
          <li key={one.account}>
            <button type="button" disabled={busy} onClick={() => onPick(one.account)}>
              <b>{one.role_name}</b>
              <span>{one.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
