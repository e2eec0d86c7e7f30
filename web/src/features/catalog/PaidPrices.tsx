import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { client, read } from "../../api/client";
import { useRight } from "../../api/session";
import { Card } from "../../parts/Card";
import { formatMoney } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { listsText } from "../../text/lists";
import styles from "./Product.module.css";

const words = listsText.paid;

/** Who pays what for one base unit today, among the customers that one sees. */
export function PaidPrices({ id }: { id: number }) {
  const seesLists = useRight("config.read");
  const query = useQuery({
    queryKey: ["products", "paid", id],
    queryFn: ({ signal }) =>
      read(client.GET("/api/products/{id}/paid", { params: { path: { id } }, signal })),
  });
  return (
    <Card title={words.title} flush>
      <Loaded query={query}>
        {(paid) => (
          <>
            <p className={styles.none}>{paid.prices.length === 0 ? words.none : words.lead(paid.unit)}</p>
            <table className={styles.prices}>
              <tbody>
                {paid.prices.map((price) => (
                  <tr key={`${price.item_id} ${price.tier} ${price.unit_price}`}>
                    <td className={styles.price}>
                      {formatMoney(price.unit_price)}
                      <small>/{paid.unit}</small>
                    </td>
                    <td className={styles.quiet}>
                      {price.item_id !== null && seesLists ? (
                        <Link to="/config/items/$itemId" params={{ itemId: String(price.item_id) }}>
                          {price.list_name}
                        </Link>
                      ) : (
                        price.list_name
                      )}
                      <br />
                      {[price.class_name, price.tier === null ? words.noTier : words.tier(price.tier)].join(
                        " · ",
                      )}
                    </td>
                    <td className={`${styles.quiet} ${styles.right}`}>
                      <b>{words.customers(price.customers)}</b>
                      <br />
                      {words.examples(price.examples, price.customers)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            {paid.without > 0 && <p className={styles.none}>{words.without(paid.without)}</p>}
          </>
        )}
      </Loaded>
    </Card>
  );
}
