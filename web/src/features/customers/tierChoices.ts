import type { Options } from "../../api/types";
import { trimZeros } from "../../parts/format";
import { customersText } from "../../text/customers";

/** The tiers in force, each with what it pays of the list price. */
export const tierChoices = (tiers: Options["tiers"] = []) =>
  tiers.map(({ name, percent }) => ({
    value: name,
    label: customersText.tierPays(name, trimZeros(percent)),
  }));
