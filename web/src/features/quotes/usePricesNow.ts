import { useQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import type { LineProduct } from "../../api/types";
import { unitOf } from "./pastedLines";

/** Many of them may stand on one screen: what is published meanwhile is asked for this often. */
const ANEW_MS = 30_000;

export interface PriceNow {
  /** None: this customer has no price for it. */
  unitPrice: string | null;
  unit: string;
}

/**
 * What one of each product costs this customer now, in the unit that was said if it is sold in it; by product. It is asked
 * for anew whenever it comes on the screen.
 */
export function usePricesNow(products: LineProduct[], unit: string | null, customer: number) {
  const lines = products.map((product) => ({
    id: String(product.id),
    product_id: product.id,
    qty: "1",
    unit: unitOf(product, unit) ?? product.base_unit,
  }));
  const query = useQuery({
    queryKey: ["quotes", "price", customer, lines.map(({ id, unit }) => `${id} ${unit}`).join()],
    queryFn: ({ signal }) =>
      read(client.POST("/api/quotes/price", { body: { customer_id: customer, lines }, signal })),
    enabled: lines.length > 0,
    staleTime: 0,
    refetchInterval: ANEW_MS,
  });
  return new Map(
    query.data?.lines.map((line): [number, PriceNow] => [
      line.product.id,
      { unitPrice: line.unit_price ?? null, unit: line.unit },
    ]),
  );
}
