import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import { useRight } from "../../api/session";
import type { ProductRow } from "../../api/types";
import type { ProductFilters } from "../../app/search";
import { Badge } from "../../parts/Badge";
import { buttonClass } from "../../parts/Button";
import { formatMoney, group, trimZeros } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { ListFrame } from "../../parts/ListFrame";
import { OptionFilter } from "../../parts/OptionFilter";
import type { Column } from "../../parts/RecordList";
import { accessText } from "../../text/access";
import { catalogText } from "../../text/catalog";
import { categoriesQuery } from "./catalogApi";
import styles from "./Product.module.css";

const route = getRouteApi("/app/products");
const PAGE_ROWS = 60;

const productListQuery = (filters: ProductFilters) =>
  paged(["products", "list", filters], (after, signal) =>
    read(client.GET("/api/products", { params: { query: { ...filters, limit: PAGE_ROWS, after } }, signal })),
  );

const units = (row: ProductRow) =>
  row.units
    .map((unit) =>
      unit.unit === row.base_unit
        ? unit.unit
        : catalogText.factorReads(unit.unit, trimZeros(unit.factor), row.base_unit),
    )
    .join(" · ");

const COLUMNS: Column<ProductRow>[] = [
  { key: "code", head: catalogText.code, cell: (row) => row.code },
  { key: "name", head: catalogText.name, cell: (row) => row.name },
  { key: "spec", head: catalogText.spec, cell: (row) => row.spec },
  {
    key: "category",
    head: catalogText.category,
    cell: (row) => row.category?.name ?? catalogText.noCategory,
    wide: true,
  },
  { key: "units", head: catalogText.units, cell: units, wide: true },
  {
    key: "state",
    head: "",
    cell: (row) => row.archived && <Badge tone="risk">{catalogText.archived}</Badge>,
  },
];
const PRICE: Column<ProductRow> = {
  key: "price",
  head: catalogText.price,
  cell: (row) =>
    row.price ? (
      <>
        {`${group(row.price.unit_price)}/${row.price.unit}`}
        {row.price.list_name && <small className={styles.list}>{row.price.list_name}</small>}
      </>
    ) : (
      catalogText.noPrice
    ),
  right: true,
};

/** All products, each with the price in force for those who see prices. */
export function ProductListPage() {
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const seesPrices = useRight("price.read");
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const create = useRight("product.write") && (
    <Link to="/products/new" className={buttonClass("primary")}>
      <Icon name="plus" size={18} />
      <span>{catalogText.create}</span>
    </Link>
  );
  return (
    <ListFrame
      title={catalogText.title}
      create={create}
      query={useInfiniteQuery(productListQuery(filters))}
      filters={filters}
      onFilters={(search) => navigate({ search, replace: true })}
      searchLabel={catalogText.search}
      chips={(set) => (
        <>
          <OptionFilter
            label={catalogText.category}
            options={categories.map((one) => ({
              value: String(one.id),
              label: accessText.orgIndent(one.depth, one.name),
            }))}
            value={filters.category === undefined ? undefined : String(filters.category)}
            onChange={(category) => set({ category: category === undefined ? undefined : Number(category) })}
          />
          <OptionFilter
            label={catalogText.archivedFilter}
            options={[{ value: "true", label: catalogText.archivedFilter }]}
            value={filters.archived}
            onChange={(archived) => set({ archived: archived === undefined ? undefined : "true" })}
          />
        </>
      )}
      empty={{ icon: "catalog", title: catalogText.emptyTitle, hint: catalogText.emptyHint, action: create }}
      label={catalogText.list}
      columns={seesPrices ? [...COLUMNS, PRICE] : COLUMNS}
      link={(row) => ({ to: "/products/$productId", params: { productId: String(row.id) } })}
      glance={(row) => ({
        title: row.name,
        right: row.price ? formatMoney(row.price.unit_price) : seesPrices && catalogText.noPrice,
        sub: [row.code, row.spec].filter(Boolean).join(" · "),
        subRight: row.archived ? (
          <Badge tone="risk">{catalogText.archived}</Badge>
        ) : (
          [row.price?.unit, row.price?.class_name].filter(Boolean).join(" · ")
        ),
      })}
      totals={(total) => <span>{catalogText.total(total)}</span>}
    />
  );
}
