import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { useRight } from "../../api/session";
import type { Product } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { type Fact, Facts } from "../../parts/Facts";
import { formatMoney, trimZeros } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import record from "../../parts/Record.module.css";
import { toast } from "../../parts/toast";
import { useVisited } from "../../parts/visited";
import { catalogText } from "../../text/catalog";
import { productKey, productQuery } from "./catalogApi";
import { PaidPrices } from "./PaidPrices";
import { PriceAnswer } from "./PriceAnswer";
import { ProductEdit } from "./ProductEdit";
import { ProductPictures } from "./ProductPictures";
import { BranchPrice, ProductPrices } from "./ProductPrices";

const route = getRouteApi("/app/products/$productId");

/** One product: what it is, and what it costs now, soon and before. */
export function ProductPage() {
  const id = Number(route.useParams().productId);
  const query = useQuery(productQuery(id));
  return <Loaded query={query}>{(product) => <Opened product={product} />}</Loaded>;
}

function factsOf(product: Product): Fact[] {
  const money = (value: string | null | undefined) =>
    value == null ? catalogText.none : catalogText.perUnit(formatMoney(value), product.base_unit);
  const facts: Fact[] = [
    { label: catalogText.code, value: product.code },
    { label: catalogText.spec, value: product.spec || catalogText.none },
    { label: catalogText.category, value: product.category?.name ?? catalogText.noCategory },
    { label: catalogText.baseUnit, value: product.base_unit },
    { label: catalogText.taxRate, value: catalogText.taxRateShown(trimZeros(product.tax_rate)) },
  ];
  const others = product.units.filter((unit) => unit.unit !== product.base_unit);
  if (others.length > 0) {
    facts.push({
      label: catalogText.units,
      value: others.map((unit) => (
        <p key={unit.unit}>{catalogText.factorReads(unit.unit, trimZeros(unit.factor), product.base_unit)}</p>
      )),
    });
  }
  if (product.barcodes.length > 0)
    facts.push({
      label: catalogText.barcodes,
      value: product.barcodes.map((one) => <p key={one.code}>{one.code}</p>),
    });
  if (product.cost !== undefined) facts.push({ label: catalogText.cost, value: money(product.cost) });
  if (product.floor_price !== undefined)
    facts.push({ label: catalogText.floor, value: money(product.floor_price) });
  return facts;
}

function Opened({ product }: { product: Product }) {
  useVisited({ kind: "product", id: product.id, word: product.name, detail: product.code });
  const cache = useQueryClient();
  const maySeePrices = useRight("price.read");
  const maySeeCustomers = useRight("customer.read");
  const [editing, setEditing] = useState(false);
  const may = (action: Product["actions"][number]) => product.actions.includes(action);
  const shelve = useMutation({
    mutationFn: () =>
      read(
        client.POST(product.archived ? "/api/products/{id}/restore" : "/api/products/{id}/archive", {
          params: { path: { id: product.id } },
          body: {},
        }),
      ),
    onSuccess: (saved) => {
      cache.setQueryData(productKey(product.id), saved);
      cache.invalidateQueries({ queryKey: ["products", "list"] });
      toast(saved.archived ? catalogText.archiveDone : catalogText.restoreDone);
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  return (
    <Page
      title={product.name}
      back="/products"
      meta={product.archived && <Badge tone="risk">{catalogText.archived}</Badge>}
      actions={
        <>
          {(may("archive") || may("restore")) && (
            <Button look="text" busy={shelve.isPending} onClick={() => shelve.mutate()}>
              {product.archived ? catalogText.restore : catalogText.archive}
            </Button>
          )}
          {may("edit") && (
            <Button icon="edit" onClick={() => setEditing(true)}>
              {catalogText.edit}
            </Button>
          )}
        </>
      }
      width="record"
    >
      <div className={record.record}>
        <div className={record.side}>
          <ProductPictures product={product} />
          <Card title={catalogText.details}>
            <Facts facts={factsOf(product)} />
          </Card>
        </div>
        <div className={record.main}>
          {maySeePrices && <BranchPrice id={product.id} />}
          {maySeePrices && maySeeCustomers && <PriceAnswer product={product} />}
          {maySeePrices && maySeeCustomers && <PaidPrices id={product.id} />}
          {maySeePrices && <ProductPrices id={product.id} />}
        </div>
      </div>
      {editing && <ProductEdit product={product} onClose={() => setEditing(false)} />}
    </Page>
  );
}
