import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { optionsQuery, useMayDo } from "../../api/session";
import type { CustomerColumn, CustomerRow } from "../../api/types";
import { customerFilters } from "../../app/search";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { CustomerCreate } from "../../parts/CustomerCreate";
import { formatDay, formatMoney, formatWan } from "../../parts/format";
import { ListFrame } from "../../parts/ListFrame";
import { ListTools } from "../../parts/ListTools";
import { OptionFilter } from "../../parts/OptionFilter";
import { columnsOf, useColumns } from "../../parts/useColumns";
import { WhoseFilters } from "../../parts/WhoseFilters";
import { customersText } from "../../text/customers";
import { customerListQuery } from "./customerApi";
import { tierChoices } from "./tierChoices";

const route = getRouteApi("/app/customers");
const lastOrder = (row: CustomerRow) =>
  row.last_order_day === null ? customersText.never : formatDay(row.last_order_day);
const bought = (row: CustomerRow) => /[1-9]/.test(row.net_12m);

const COLUMNS = columnsOf<CustomerColumn, CustomerRow>({
  name: { head: customersText.name, cell: (row) => row.name },
  code: { head: customersText.code, cell: (row) => row.code },
  tier: {
    head: customersText.tier,
    cell: (row) => row.tier && <Badge tone="brand">{customersText.tierNamed(row.tier)}</Badge>,
  },
  type: { head: customersText.type, cell: (row) => row.type, wide: true },
  contact: {
    head: customersText.contact,
    cell: (row) => [row.contact, row.phone].filter(Boolean).join(" "),
  },
  city: { head: customersText.city, cell: (row) => row.city, wide: true },
  owner: { head: customersText.owner, cell: (row) => row.owner.name },
  branch: { head: customersText.branch, cell: (row) => row.branch.name },
  last: { head: customersText.lastOrder, cell: lastOrder },
  net: {
    head: customersText.net12m,
    cell: (row) => bought(row) && formatMoney(row.net_12m),
    right: true,
  },
});
const USUAL: CustomerColumn[] = ["name", "tier", "type", "contact", "city", "owner", "last", "net"];

/** The customers one may see. */
export function CustomerListPage() {
  const filters = route.useSearch();
  const go = route.useNavigate();
  const navigate = useNavigate();
  const options = useQuery(optionsQuery).data;
  const { chosen, choose, columns } = useColumns("customers", COLUMNS, USUAL);
  const [creating, setCreating] = useState(false);
  const create = useMayDo("customer.write") && (
    <Button look="primary" icon="plus" onClick={() => setCreating(true)}>
      {customersText.create}
    </Button>
  );
  return (
    <>
      <ListFrame
        title={customersText.title}
        create={create}
        tools={
          <ListTools
            list="customers"
            filters={filters}
            all={COLUMNS}
            usual={USUAL}
            chosen={chosen}
            onColumns={choose}
            onFilters={(search) => go({ search: customerFilters(search), replace: true })}
          />
        }
        query={useInfiniteQuery(customerListQuery(filters))}
        filters={filters}
        onFilters={(search) => go({ search, replace: true })}
        searchLabel={customersText.search}
        chips={(set) => (
          <>
            <OptionFilter
              label={customersText.tier}
              options={tierChoices(options?.tiers)}
              value={filters.tier}
              onChange={(tier) => set({ tier })}
            />
            <OptionFilter
              label={customersText.type}
              options={(options?.customer_types ?? []).map((type) => ({ value: type, label: type }))}
              value={filters.type}
              onChange={(type) => set({ type })}
            />
            <WhoseFilters owner={filters.owner} branch={filters.branch} onChange={set} />
          </>
        )}
        empty={{
          icon: "customers",
          title: customersText.emptyTitle,
          hint: customersText.emptyHint,
          action: create,
        }}
        label={customersText.list}
        columns={columns}
        link={(row) => ({ to: "/customers/$customerId", params: { customerId: String(row.id) } })}
        glance={(row) => ({
          title: row.name,
          right: row.tier && <Badge tone="brand">{customersText.tierNamed(row.tier)}</Badge>,
          sub: [row.contact, row.city, lastOrder(row)].filter(Boolean).join(" · "),
          subRight: bought(row) && formatWan(row.net_12m),
        })}
        totals={(total) => <span>{customersText.total(total)}</span>}
      />
      <CustomerCreate
        open={creating}
        name={filters.q ?? ""}
        onClose={() => setCreating(false)}
        onMade={(made) => navigate({ to: "/customers/$customerId", params: { customerId: String(made.id) } })}
      />
    </>
  );
}
