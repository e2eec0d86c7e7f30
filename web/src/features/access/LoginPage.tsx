import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { queryClient } from "../../api/queryClient";
import { companyQuery, meQuery } from "../../api/session";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { setServerNow } from "../../parts/format";
import { Mark } from "../../parts/Mark";
import { ProblemNote } from "../../parts/ProblemNote";
import { baseText } from "../../text/base";
import { signInText } from "../../text/signIn";
import { DemoAccounts } from "./DemoAccounts";
import styles from "./LoginPage.module.css";

const route = getRouteApi("/login");
const DEMO_PASSWORD = "huxi-demo";

/** Only a path of this site may follow the sign-in. */
const safeNext = (next: string | undefined) =>
  next?.startsWith("/") && !next.startsWith("//") && !next.includes("\\") ? next : "/";

export function LoginPage() {
  const { next } = route.useSearch();
  const router = useRouter();
  const company = useQuery(companyQuery).data;
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    document.title = `${signInText.signIn} · ${baseText.brand}`;
  }, []);
  const signIn = useMutation({
    mutationFn: (body: { account: string; password: string }) => read(client.POST("/api/session", { body })),
    onSuccess: (me) => {
      queryClient.clear();
      setServerNow(me.server_now);
      queryClient.setQueryData(meQuery.queryKey, me);
      router.history.push(safeNext(next));
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (account.trim() !== "" && password !== "" && !signIn.isPending)
      signIn.mutate({ account: account.trim(), password });
  };
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <div className={styles.head}>
          <span className={styles.breath}>
            <Mark size={56} />
          </span>
          <h1>{company?.name ?? baseText.brand}</h1>
          <p>{signInText.welcome}</p>
        </div>
        <form className={styles.form} onSubmit={send} noValidate>
          <TextField
            label={signInText.account}
            error={asked && account.trim() === "" ? signInText.accountMissing : undefined}
            value={account}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            onChange={(event) => setAccount(event.target.value)}
          />
          <TextField
            label={signInText.password}
            error={asked && password === "" ? signInText.passwordMissing : undefined}
            type="password"
            value={password}
            autoComplete="current-password"
            maxLength={200}
            onChange={(event) => setPassword(event.target.value)}
          />
          {signIn.error && <ProblemNote problem={asProblem(signIn.error)} />}
          <Button look="primary" type="submit" block busy={signIn.isPending}>
            {signInText.signIn}
          </Button>
        </form>
        {company?.demo && (
          <DemoAccounts
            accounts={company.demo_accounts}
            busy={signIn.isPending}
            onPick={(chosen) => signIn.mutate({ account: chosen, password: DEMO_PASSWORD })}
          />
        )}
      </div>
    </main>
  );
}
