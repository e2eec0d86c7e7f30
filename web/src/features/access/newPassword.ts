import { accessText } from "../../text/access";

/** The shortest that the server takes. */
const SHORTEST = 8;
const ACCOUNT_HIDES = 3;

/** Why the server would not take this new password; it says the same and decides. */
export function weaknessOf(account: string, password: string): string | null {
  if ([...password].length < SHORTEST) return accessText.nextShort(SHORTEST);
  const name = account.toLowerCase();
  return [...name].length >= ACCOUNT_HIDES && password.toLowerCase().includes(name)
    ? accessText.nextHoldsAccount
    : null;
}
