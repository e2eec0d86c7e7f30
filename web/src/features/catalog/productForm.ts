import type { NewProduct, Product } from "../../api/types";
import { asDecimal, foldNumber, trimZeros } from "../../parts/format";
import { catalogText } from "../../text/catalog";

/** A product as it is typed: everything text until it is sent. */
export interface ProductForm {
  code: string;
  name: string;
  spec: string;
  categoryId: string;
  baseUnit: string;
  units: { unit: string; factor: string }[];
  barcodes: { code: string; unit: string }[];
  taxRate: string;
  decimals: string;
  cost: string;
  floor: string;
}

export const emptyForm: ProductForm = {
  code: "",
  name: "",
  spec: "",
  categoryId: "",
  baseUnit: "",
  units: [],
  barcodes: [],
  taxRate: "13",
  decimals: "2",
  cost: "",
  floor: "",
};

export const formOf = (product: Product): ProductForm => ({
  code: product.code,
  name: product.name,
  spec: product.spec,
  categoryId: product.category === null ? "" : String(product.category.id),
  baseUnit: product.base_unit,
  units: product.units
    .filter((unit) => unit.unit !== product.base_unit)
    .map((unit) => ({ ...unit, factor: trimZeros(unit.factor) })),
  barcodes: product.barcodes,
  taxRate: trimZeros(product.tax_rate),
  decimals: String(product.price_decimals),
  cost: product.cost ?? "",
  floor: product.floor_price ?? "",
});

const PRICE_PLACES = 4;
/** A factor has at most so many decimals; what they do not hold is written as a fraction. */
const FACTOR_PLACES = 3;

/** `4`, `1.44` or a fraction of whole numbers, `1/12`, as the server takes it; `null` for anything else. */
function asFactor(text: string): string | null {
  const [over = "", under, ...rest] = text.replace(/／/g, "/").split("/");
  if (rest.length > 0) return null;
  const whole = under !== undefined;
  const numerator = asDecimal(trimZeros(foldNumber(over)), whole ? 0 : FACTOR_PLACES);
  const denominator = whole ? asDecimal(trimZeros(foldNumber(under)), 0) : "1";
  if (numerator === null || denominator === null || isNothing(numerator) || isNothing(denominator))
    return null;
  return whole ? `${numerator}/${denominator}` : numerator;
}

const isNothing = (decimal: string) => /^0(\.0*)?$/.test(decimal);

/** What is wrong with the form, by field; the server has the last word. */
export function faultsOf(form: ProductForm): Record<string, string> {
  const faults: Record<string, string> = {};
  const required = { code: form.code, name: form.name, base_unit: form.baseUnit, tax_rate: form.taxRate };
  for (const [field, value] of Object.entries(required)) {
    if (value.trim() === "") faults[field] = catalogText.missing;
  }
  if (form.taxRate.trim() !== "" && asDecimal(form.taxRate, 2) === null)
    faults.tax_rate = catalogText.badNumber;
  if (form.cost.trim() !== "" && asDecimal(form.cost, PRICE_PLACES) === null)
    faults.cost = catalogText.badNumber;
  if (form.floor.trim() !== "" && asDecimal(form.floor, PRICE_PLACES) === null)
    faults.floor_price = catalogText.badNumber;
  form.units.forEach((unit, index) => {
    if (unit.unit.trim() === "") faults[`units[${index}].unit`] = catalogText.missing;
    if (asFactor(unit.factor) === null) faults[`units[${index}].factor`] = catalogText.badFactor;
  });
  form.barcodes.forEach((barcode, index) => {
    if (barcode.code.trim() === "") faults[`barcodes[${index}].code`] = catalogText.missing;
  });
  return faults;
}

const priceOrNull = (text: string) => (text.trim() === "" ? null : asDecimal(text, PRICE_PLACES));

/** The form as it is sent; cost and floor only when the person may see them. */
export function bodyOf(form: ProductForm, withCost: boolean): NewProduct {
  const body: NewProduct = {
    code: form.code.trim(),
    name: form.name.trim(),
    spec: form.spec.trim(),
    category_id: form.categoryId === "" ? null : Number(form.categoryId),
    base_unit: form.baseUnit.trim(),
    units: form.units.map((unit) => ({
      unit: unit.unit.trim(),
      factor: asFactor(unit.factor) ?? unit.factor,
    })),
    barcodes: form.barcodes.map((barcode) => ({
      code: barcode.code.trim(),
      unit: barcode.unit || form.baseUnit.trim(),
    })),
    tax_rate: asDecimal(form.taxRate, 2) ?? form.taxRate,
    price_decimals: Number(form.decimals),
  };
  return withCost ? { ...body, cost: priceOrNull(form.cost), floor_price: priceOrNull(form.floor) } : body;
}
