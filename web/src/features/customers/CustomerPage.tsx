import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useRight } from "../../api/session";
import type { Customer } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { buttonClass } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import record from "../../parts/Record.module.css";
import { TabBar } from "../../parts/TabBar";
import { useIsPhone } from "../../parts/useIsPhone";
import { useVisited } from "../../parts/visited";
import { customersText } from "../../text/customers";
import { CustomerAttributes } from "./CustomerAttributes";
import { CustomerCodes } from "./CustomerCodes";
import { CustomerFigures } from "./CustomerFigures";
import { CustomerOrders } from "./CustomerOrders";
import { CustomerQuotes } from "./CustomerQuotes";
import { CustomerTimeline } from "./CustomerTimeline";
import { customerQuery } from "./customerApi";

const route = getRouteApi("/app/customers/$customerId");
const TABS = [
  { key: "timeline", word: customersText.timeline },
  { key: "quotes", word: customersText.quotes },
  { key: "orders", word: customersText.orders },
  { key: "codes", word: customersText.codes.title },
];

/** One customer as a document: who he is at the left, what happened in the middle, 报价 on top. */
export function CustomerPage() {
  const id = Number(route.useParams().customerId);
  const query = useQuery(customerQuery(id));
  return <Loaded query={query}>{(customer) => <Opened customer={customer} />}</Loaded>;
}

function Opened({ customer }: { customer: Customer }) {
  useVisited({ kind: "customer", id: customer.id, word: customer.name, detail: customer.owner.name });
  const { tab = "timeline" } = route.useSearch();
  const navigate = route.useNavigate();
  const mayQuote = useRight("quote.write");
  const phone = useIsPhone();
  const quote = mayQuote && customer.actions.includes("quote") && (
    <Link
      to="/quotes/new"
      search={{ customer: customer.id }}
      className={buttonClass("primary", phone)}
      style={phone ? { marginBottom: 12 } : undefined}
    >
      <Icon name="plus" size={18} />
      <span>{customersText.newQuote}</span>
    </Link>
  );
  return (
    <Page
      title={customer.name}
      back="/customers"
      meta={customer.tier && <Badge tone="brand">{customersText.tierNamed(customer.tier)}</Badge>}
      actions={phone ? undefined : quote}
      width="record"
    >
      {phone && quote}
      <div className={record.record}>
        <div className={record.side}>
          <Card title={customersText.attributes}>
            <CustomerAttributes customer={customer} />
          </Card>
        </div>
        <div className={record.main}>
          <CustomerFigures customer={customer} />
          <Card flush>
            <TabBar
              label={customer.name}
              tabs={TABS}
              current={tab}
              onPick={(key) => navigate({ search: { tab: key }, replace: true })}
            />
            {tab === "timeline" && <CustomerTimeline id={customer.id} />}
            {tab === "quotes" && <CustomerQuotes id={customer.id} />}
            {tab === "orders" && <CustomerOrders id={customer.id} />}
            {tab === "codes" && <CustomerCodes customer={customer} />}
          </Card>
        </div>
      </div>
    </Page>
  );
}
