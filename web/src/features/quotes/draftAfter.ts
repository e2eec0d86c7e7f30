import type { Quote } from "../../api/types";

/** The revision of the draft that already follows this quotation; null when there is none. */
export function draftAfter(quote: Pick<Quote, "revision" | "chain">): number | null {
  const draft = quote.chain.find((one) => one.state === "draft" && one.revision > quote.revision);
  return draft?.revision ?? null;
}
