import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem, fieldFaults } from "../../api/problem";
import { meQuery } from "../../api/session";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { Page } from "../../parts/Page";
import { ProblemNote } from "../../parts/ProblemNote";
import { UnsavedGuard } from "../../parts/UnsavedGuard";
import { catalogText } from "../../text/catalog";
import styles from "./Product.module.css";
import { ProductFields } from "./ProductFields";
import { bodyOf, emptyForm, faultsOf } from "./productForm";

/** A new product. */
export function NewProductPage() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const withCost = useQuery(meQuery).data?.rights.includes("price.cost") ?? false;
  const [form, setForm] = useState(emptyForm);
  const [asked, setAsked] = useState(false);
  const make = useMutation({
    mutationFn: () => read(client.POST("/api/products", { body: bodyOf(form, withCost) })),
    onSuccess: (product) => {
      cache.invalidateQueries({ queryKey: ["products"] });
      navigate({ to: "/products/$productId", params: { productId: String(product.id) }, replace: true });
    },
  });
  const problem = make.error ? asProblem(make.error) : null;
  const own = faultsOf(form);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(own).length === 0 && !make.isPending) make.mutate();
  };
  return (
    <Page title={catalogText.create} back="/products" width="read">
      <Card>
        <form onSubmit={send} noValidate>
          <ProductFields
            form={form}
            faults={{ ...fieldFaults(problem), ...(asked ? own : {}) }}
            withCost={withCost}
            onChange={setForm}
          />
          {problem && <ProblemNote problem={problem} />}
          <div className={styles.footer}>
            <Button look="primary" type="submit" busy={make.isPending}>
              {catalogText.create}
            </Button>
          </div>
        </form>
      </Card>
      <UnsavedGuard dirty={form !== emptyForm && !make.isSuccess} />
    </Page>
  );
}
