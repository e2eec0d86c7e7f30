import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { client, ifMatch, read } from "../../api/client";
import { asProblem, conflictOf, fieldFaults } from "../../api/problem";
import type { Product } from "../../api/types";
import { ConflictSheet } from "../../parts/ConflictSheet";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { baseText } from "../../text/base";
import { catalogText } from "../../text/catalog";
import { productKey } from "./catalogApi";
import { ProductFields } from "./ProductFields";
import { bodyOf, faultsOf, formOf, type ProductForm } from "./productForm";

const reads = (form: ProductForm): { key: keyof ProductForm; label: string; value: string }[] => [
  { key: "name", label: catalogText.name, value: form.name },
  { key: "code", label: catalogText.code, value: form.code },
  { key: "spec", label: catalogText.spec, value: form.spec },
  { key: "baseUnit", label: catalogText.baseUnit, value: form.baseUnit },
  {
    key: "units",
    label: catalogText.units,
    value: form.units
      .map((unit) => catalogText.factorReads(unit.unit, unit.factor, form.baseUnit))
      .join(baseText.between),
  },
  {
    key: "barcodes",
    label: catalogText.barcodes,
    value: form.barcodes.map((barcode) => barcode.code).join(baseText.between),
  },
  { key: "taxRate", label: catalogText.taxRateShort, value: form.taxRate },
  { key: "cost", label: catalogText.cost, value: form.cost },
  { key: "floor", label: catalogText.floor, value: form.floor },
];

/** Changes a product; when somebody else was first, both versions stand side by side. */
export function ProductEdit({ product, onClose }: { product: Product; onClose: () => void }) {
  const cache = useQueryClient();
  const withCost = product.cost !== undefined;
  const [form, setForm] = useState(() => formOf(product));
  const [asked, setAsked] = useState(false);
  const keep = (saved: Product) => {
    cache.setQueryData(productKey(product.id), saved);
    cache.invalidateQueries({ queryKey: ["products", "list"] });
    onClose();
  };
  const save = useMutation({
    mutationFn: ({ filled, version }: { filled: ProductForm; version: number }) =>
      read(
        client.PATCH("/api/products/{id}", {
          params: { path: { id: product.id } },
          body: bodyOf(filled, withCost),
          ...ifMatch(version),
        }),
      ),
    onSuccess: (saved) => {
      toast(catalogText.saved);
      keep(saved);
    },
  });
  const problem = save.error ? asProblem(save.error) : null;
  const conflict = problem ? conflictOf<Product>(problem) : null;
  const own = faultsOf(form);
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(own).length === 0 && !save.isPending)
      save.mutate({ filled: form, version: product.version });
  };
  if (conflict) {
    const current = formOf(conflict.current);
    const theirs = reads(current);
    const { version } = conflict.current;
    const choose = (mine: ReadonlySet<string>) => {
      const own = reads(form).filter(({ key }) => mine.has(key));
      const filled = { ...current, ...Object.fromEntries(own.map(({ key }) => [key, form[key]])) };
      setForm(filled);
      save.mutate({ filled, version });
    };
    return (
      <ConflictSheet
        changedBy={conflict.changedBy}
        rows={reads(form).map((row, index) => ({
          key: row.key,
          label: row.label,
          mine: row.value,
          theirs: theirs[index]?.value ?? "",
        }))}
        onChoose={choose}
        onMine={() => save.mutate({ filled: form, version })}
        onTheirs={() => keep(conflict.current)}
      />
    );
  }
  return (
    <Sheet
      open
      onClose={onClose}
      title={product.name}
      size={640}
      tall
      footer={
        <SheetActs onClose={onClose} type="submit" form="product-edit" busy={save.isPending}>
          {baseText.save}
        </SheetActs>
      }
    >
      <form id="product-edit" onSubmit={send} noValidate>
        <ProductFields
          form={form}
          faults={{ ...fieldFaults(problem), ...(asked ? own : {}) }}
          withCost={withCost}
          onChange={setForm}
        />
        {problem && <ProblemNote problem={problem} />}
      </form>
    </Sheet>
  );
}
