import type { Content } from "../../api/types";
import { trimZeros } from "../../parts/format";

/** Equal for whoever reads them: absent is null, and 12.50 is 12.5. */
export function sameContent(one: Content | null, other: Content | null): boolean {
  if (one === null || other === null) return one === other;
  return one === other || plainOf(one) === plainOf(other);
}

const plainOf = (content: Content) =>
  JSON.stringify(
    Object.entries(content)
      .filter(([, value]) => value != null && value !== "")
      .map(([name, value]) =>
        typeof value === "string" && /^\d+\.\d+$/.test(value) ? [name, trimZeros(value)] : [name, value],
      )
      .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  );
