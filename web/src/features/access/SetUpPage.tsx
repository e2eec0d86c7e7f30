import { useMutation, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useRouter } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem, fieldFaults } from "../../api/problem";
import { queryClient } from "../../api/queryClient";
import { companyQuery, meQuery } from "../../api/session";
import { Button, buttonClass } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { setServerNow } from "../../parts/format";
import { Mark } from "../../parts/Mark";
import { ProblemNote } from "../../parts/ProblemNote";
import { accessText } from "../../text/access";
import { baseText } from "../../text/base";
import { signInText } from "../../text/signIn";
import styles from "./LoginPage.module.css";
import { weaknessOf } from "./newPassword";

const route = getRouteApi("/setup");

/** The first day: the company's name and its first account, behind the code that the program printed. */
export function SetUpPage() {
  const { code } = route.useSearch();
  const router = useRouter();
  const company = useQuery(companyQuery).data;
  const [fields, setFields] = useState({ company: "", name: "", account: "", password: "" });
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    document.title = `${accessText.setUp} · ${baseText.brand}`;
  }, []);
  const make = useMutation({
    mutationFn: async () => {
      const { account, name, password } = fields;
      await read(
        client.POST("/api/setup", {
          body: {
            code: code ?? "",
            company: { name: fields.company.trim() },
            account: account.trim(),
            name: name.trim(),
            password,
          },
        }),
      );
      return read(client.POST("/api/session", { body: { account: account.trim(), password } }));
    },
    onSuccess: (me) => {
      queryClient.clear();
      setServerNow(me.server_now);
      queryClient.setQueryData(meQuery.queryKey, me);
      router.history.push("/company");
    },
  });
  const problem = make.error ? asProblem(make.error) : null;
  const faults = fieldFaults(problem);
  const missing = (value: string) => (asked && value.trim() === "" ? accessText.fieldMissing : undefined);
  const weak = weaknessOf(fields.account.trim(), fields.password);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    const complete = [fields.company, fields.name, fields.account].every((value) => value.trim() !== "");
    if (complete && weak === null && !make.isPending) make.mutate();
  };
  const set = (key: keyof typeof fields) => (event: { target: { value: string } }) =>
    setFields({ ...fields, [key]: event.target.value });
  const closed =
    code === undefined ? accessText.setUpNoCode : company?.set_up ? accessText.setUpAlready : null;
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <div className={styles.head}>
          <span className={styles.breath}>
            <Mark size={56} />
          </span>
          <h1>{accessText.setUp}</h1>
          <p>{closed ?? accessText.setUpLead}</p>
        </div>
        {closed !== null ? (
          <Link to="/login" className={buttonClass("primary", true)}>
            {accessText.goLogin}
          </Link>
        ) : (
          <form className={styles.form} onSubmit={send} noValidate>
            <TextField
              label={accessText.companyName}
              hint={accessText.companyNameHint}
              error={missing(fields.company) ?? faults["company.name"]}
              value={fields.company}
              maxLength={100}
              onChange={set("company")}
            />
            <TextField
              label={accessText.name}
              error={missing(fields.name) ?? faults.name}
              value={fields.name}
              maxLength={50}
              autoComplete="name"
              onChange={set("name")}
            />
            <TextField
              label={signInText.account}
              hint={accessText.accountHint}
              error={missing(fields.account) ?? faults.account}
              value={fields.account}
              maxLength={50}
              autoComplete="username"
              autoCapitalize="none"
              onChange={set("account")}
            />
            <TextField
              label={signInText.password}
              hint={accessText.nextHint}
              error={(asked ? weak : null) ?? faults.password}
              type="password"
              value={fields.password}
              maxLength={200}
              autoComplete="new-password"
              onChange={set("password")}
            />
            {problem && <ProblemNote problem={problem} />}
            <Button look="primary" type="submit" block busy={make.isPending}>
              {accessText.setUpDone}
            </Button>
          </form>
        )}
      </div>
    </main>
  );
}
