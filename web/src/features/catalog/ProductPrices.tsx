import { queryOptions, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { useRight } from "../../api/session";
import type { PriceEntry } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { buttonClass } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { formatDay, formatMoment, formatMoney, trimZeros } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { catalogText } from "../../text/catalog";
import styles from "./Product.module.css";

const pricesQuery = (id: number) =>
  queryOptions({
    queryKey: ["products", "prices", id],
    queryFn: ({ signal }) =>
      read(client.GET("/api/products/{id}/prices", { params: { path: { id } }, signal })),
  });

/** What the product costs now, what it will cost, what it cost; each with the revision that says so. */
export function ProductPrices({ id }: { id: number }) {
  const mayEdit = useRight("config.edit");
  const query = useQuery(pricesQuery(id));
  return (
    <Loaded query={query}>
      {(prices) => (
        <>
          <Card
            title={catalogText.pricesNow}
            flush
            actions={
              mayEdit && (
                <Link to="/config" className={buttonClass("text", false, true)}>
                  {catalogText.goPrices}
                </Link>
              )
            }
          >
            <Entries entries={prices.now} none={catalogText.noNow} quoted={prices.branch?.list?.item_id} />
          </Card>
          <Card title={catalogText.pricesUpcoming} flush>
            <Entries entries={prices.upcoming} none={catalogText.noUpcoming} />
          </Card>
          <Card title={catalogText.pricesPast} flush>
            <Entries entries={prices.past} none={catalogText.noPast} />
          </Card>
        </>
      )}
    </Loaded>
  );
}

/** What the reader's own branch quotes now, by which list and since when. */
export function BranchPrice({ id }: { id: number }) {
  const prices = useQuery(pricesQuery(id)).data;
  if (!prices?.branch) return null;
  const { branch, now } = prices;
  const { list } = branch;
  const entry = now.find((one) => one.item_id === list?.item_id && one.n === list.n && one.min_qty === null);
  const from = list ? catalogText.branchFrom(catalogText.inList(list.name, list.n), list.class_name) : null;
  return (
    <Card title={catalogText.branchPrice(branch.region)}>
      <p className={styles.branch}>
        <b>{formatMoney(branch.unit_price)}</b>
        <small>
          /{branch.unit} {catalogText.taxIn}
        </small>
      </p>
      <p>
        {[from ?? catalogText.branchOwn, entry && when(entry), entry && windowOf(entry)]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p className={styles.quiet}>{catalogText.branchHint}</p>
    </Card>
  );
}

const when = (entry: PriceEntry) =>
  entry.ended_at === null
    ? catalogText.since(formatMoment(entry.effective_at))
    : catalogText.span(formatMoment(entry.effective_at), formatMoment(entry.ended_at));

function windowOf({ from, to }: PriceEntry): string {
  if (from === null && to === null) return "";
  return catalogText.span(from === null ? "…" : formatDay(from), to === null ? "…" : formatDay(to));
}

interface EntriesProps {
  entries: PriceEntry[];
  none: string;
  /** The list by which the own branch quotes. */
  quoted?: number;
}

function Entries({ entries, none, quoted }: EntriesProps) {
  const seesLists = useRight("config.read");
  if (entries.length === 0) return <p className={styles.none}>{none}</p>;
  return (
    <table className={styles.prices}>
      <tbody>
        {entries.map((entry) => (
          <tr key={`${entry.item_id} ${entry.n} ${entry.unit} ${entry.min_qty} ${entry.from}`}>
            <td className={styles.price}>
              {entry.price === null ? entry.formula : formatMoney(entry.price)}
              <small>
                /{entry.unit} {entry.includes_tax ? catalogText.taxIn : catalogText.taxOut}
              </small>
            </td>
            <td className={styles.quiet}>
              {[
                entry.min_qty !== null && catalogText.minQty(trimZeros(entry.min_qty), entry.unit),
                windowOf(entry),
                entry.note,
              ]
                .filter(Boolean)
                .join(" · ")}
            </td>
            <td className={`${styles.quiet} ${styles.right}`}>
              {seesLists ? (
                <Link to="/config/items/$itemId" params={{ itemId: String(entry.item_id) }}>
                  {catalogText.inList(entry.list_name, entry.n)}
                </Link>
              ) : (
                catalogText.inList(entry.list_name, entry.n)
              )}
              <br />
              {entry.class_name}
              {entry.item_id === quoted && <Badge tone="brand">{catalogText.quotedNow}</Badge>}
              <br />
              {when(entry)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
