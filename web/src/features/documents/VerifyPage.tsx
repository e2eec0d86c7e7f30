import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { Badge } from "../../parts/Badge";
import { EmptyState } from "../../parts/EmptyState";
import { Facts } from "../../parts/Facts";
import { formatFullDay, formatMoney } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Mark } from "../../parts/Mark";
import { QuoteState } from "../../parts/QuoteState";
import { documentsText } from "../../text/documents";
import { quoteNames } from "../../text/quoteNames";
import { FileCompare } from "./FileCompare";
import styles from "./VerifyPage.module.css";

const route = getRouteApi("/v/$code");

/** Whoever holds a quotation learns here whether it is genuine and still holds; without signing in. */
export function VerifyPage() {
  const { code } = route.useParams();
  const query = useQuery({
    queryKey: ["verify", code],
    queryFn: ({ signal }) =>
      read(client.GET("/api/public/verify/{code}", { params: { path: { code } }, signal })),
  });
  useEffect(() => {
    document.title = documentsText.title;
  }, []);
  return (
    <main className={styles.page}>
      <div className={styles.head}>
        <Mark size={32} />
        <h1>{documentsText.title}</h1>
      </div>
      {query.error && asProblem(query.error).status === 404 ? (
        <div className={styles.card}>
          <EmptyState icon="warning" title={documentsText.missingTitle} hint={documentsText.missingHint} />
        </div>
      ) : (
        <Loaded query={query}>
          {(found) => (
            <>
              <section className={styles.card}>
                <Verdict state={found.state} />
                <p className={styles.issuer}>{documentsText.issuedBy(found.company)}</p>
                <Facts
                  facts={[
                    {
                      label: documentsText.number,
                      value: quoteNames.versioned(found.number, found.revision),
                    },
                    { label: documentsText.day, value: formatFullDay(found.day) },
                    { label: documentsText.customer, value: found.customer_masked },
                    { label: documentsText.total, value: <b>{formatMoney(found.total)}</b> },
                    { label: documentsText.validUntil, value: formatFullDay(found.valid_until) },
                    {
                      label: documentsText.state,
                      value:
                        found.state === "issued" ? (
                          <Badge tone="money" icon="check">
                            {documentsText.states.issued}
                          </Badge>
                        ) : (
                          <QuoteState state={found.state} words={documentsText.states} />
                        ),
                    },
                  ]}
                />
              </section>
              <FileCompare expected={found.pdf_sha256} />
              <p className={styles.small}>{documentsText.notContract}</p>
            </>
          )}
        </Loaded>
      )}
    </main>
  );
}

/** That it is genuine; and first of all, where that is so, that it does not hold any more. */
function Verdict({ state }: { state: string }) {
  const over = documentsText.over[state];
  return (
    <p className={over ? styles.over : styles.genuine}>
      <Icon name={over ? "warning" : "check"} size={22} />
      {over ?? documentsText.genuine}
    </p>
  );
}
