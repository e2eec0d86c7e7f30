import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { useRight } from "../../api/session";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { ConfigUsed } from "../../parts/ConfigUsed";
import { DocumentLines } from "../../parts/DocumentLines";
import { Facts } from "../../parts/Facts";
import { formatDay, formatMoment } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { MarginRow } from "../../parts/MarginRow";
import { Page } from "../../parts/Page";
import { PrintedHead } from "../../parts/PrintedHead";
import record from "../../parts/Record.module.css";
import { piecesOf } from "../../parts/reductions";
import { TermsRead } from "../../parts/TermsRead";
import { TotalsList } from "../../parts/TotalsList";
import { Visit } from "../../parts/visited";
import { ordersText } from "../../text/orders";
import { printText } from "../../text/print";
import { quotesText } from "../../text/quotes";
import { ConsentCard } from "./ConsentCard";
import { ContractCard } from "./ContractCard";

const route = getRouteApi("/app/orders/$orderId");

/** One order: what was signed, by whom, and the paper that shows it. */
export function OrderPage() {
  const id = Number(route.useParams().orderId);
  const seesCustomers = useRight("customer.read");
  const seesQuotes = useRight("quote.read");
  const query = useQuery({
    queryKey: ["orders", "one", id],
    queryFn: ({ signal }) => read(client.GET("/api/orders/{id}", { params: { path: { id } }, signal })),
  });
  return (
    <Loaded query={query}>
      {(order) => (
        <Page
          title={order.number}
          back="/orders"
          meta={
            <Badge tone="money" icon="check">
              {ordersText.signed}
            </Badge>
          }
          actions={
            <Button icon="print" onClick={() => window.print()}>
              {printText.print}
            </Button>
          }
          width="record"
        >
          <Visit kind="order" id={order.id} word={order.number} detail={order.customer.name} />
          <PrintedHead />
          <div className={record.record}>
            <div className={record.side}>
              <Card title={ordersText.details}>
                <Facts
                  facts={[
                    {
                      label: ordersText.customer,
                      value: seesCustomers ? (
                        <Link to="/customers/$customerId" params={{ customerId: String(order.customer.id) }}>
                          {order.customer.name}
                        </Link>
                      ) : (
                        order.customer.name
                      ),
                    },
                    {
                      label: ordersText.quote,
                      value: seesQuotes ? (
                        <Link to="/quotes/$quoteId" params={{ quoteId: String(order.quote.id) }}>
                          {quotesText.versioned(order.quote.number, order.quote.revision)}
                        </Link>
                      ) : (
                        quotesText.versioned(order.quote.number, order.quote.revision)
                      ),
                    },
                    {
                      label: order.by_link ? ordersText.acceptedDay : ordersText.signedDay,
                      value: formatDay(order.signed_day),
                    },
                    { label: order.by_link ? ordersText.acceptedBy : ordersText.signer, value: order.signer },
                    order.by_link
                      ? { label: ordersText.byLink, value: ordersText.onLink(order.signed_by.name) }
                      : {
                          label: ordersText.recordedBy,
                          value: `${order.signed_by.name} · ${formatMoment(order.created_at)}`,
                        },
                    { label: ordersText.owner, value: order.owner.name },
                    { label: quotesText.branch, value: order.branch.name },
                    ...(order.used.length > 0
                      ? [{ label: quotesText.used, value: <ConfigUsed used={order.used} /> }]
                      : []),
                  ]}
                />
              </Card>
            </div>
            <div className={record.main}>
              <ConsentCard order={order} />
              <ContractCard order={order} />
              <Card title={quotesText.lines(order.lines.length)} flush>
                <DocumentLines lines={order.lines} />
                {order.totals && (
                  <div style={{ maxWidth: 360, marginLeft: "auto", padding: 16 }}>
                    <MarginRow margin={order.margin} />
                    <TotalsList totals={order.totals} pieces={piecesOf({ lines: order.lines })} />
                  </div>
                )}
              </Card>
              <TermsRead terms={order.terms} />
              {order.notes !== "" && (
                <Card title={ordersText.notes}>
                  <p style={{ whiteSpace: "pre-wrap" }}>{order.notes}</p>
                </Card>
              )}
            </div>
          </div>
        </Page>
      )}
    </Loaded>
  );
}
