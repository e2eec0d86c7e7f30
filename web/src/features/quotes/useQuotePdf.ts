import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fetchFile } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { passOn } from "../../parts/passOn";
import { printFile } from "../../parts/printFile";
import { toast } from "../../parts/toast";
import { printText } from "../../text/print";
import { quotesText } from "../../text/quotes";
import { pdfAddress } from "./quoteApi";

/** The sealed PDF of a version: kept, printed, passed on. `fresh`: issued a moment ago, so it is fetched at once. */
export function useQuotePdf(quote: Quote, fresh: boolean, onSeen: () => void) {
  const company = useQuery(meQuery).data?.company.name ?? "";
  const address = pdfAddress(quote.id);
  const name = `${quotesText.versioned(quote.number ?? "", quote.revision)}.pdf`.replace(" · ", "-");
  const file = useQuery({
    queryKey: ["quotes", "pdf", quote.id],
    queryFn: () => fetchFile(address, name),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    enabled: fresh,
  });
  const [passed, setPassed] = useState(false);
  const download = () => {
    setPassed(true);
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    onSeen();
  };
  /** Passes the file itself on, where the device can; else it is kept. */
  const forward = async () => {
    const ready = file.data ?? (await file.refetch()).data;
    onSeen();
    if (ready && navigator.canShare?.({ files: [ready] })) {
      const title = quotesText.shareText(quote.number ?? "", company);
      if (await passOn({ files: [ready], title }, () => setPassed(true))) return;
      download();
      toast(quotesText.shareUnopened);
      return;
    }
    download();
    toast(quotesText.shareFallback);
  };
  /** The very paper that the customer gets, with its seal. */
  const print = async () => {
    // A PDF that cannot be made is told below, and not printed.
    const made = file.data ?? (await file.refetch()).data;
    if (!made) return;
    onSeen();
    if (await printFile(address)) return;
    if (!window.open(address, "_blank")) toast(printText.blocked, { tone: "fault" });
  };
  const making = fresh && file.isPending;
  return {
    address,
    /** It was kept or passed on from here. */
    passed,
    making,
    busy: file.isFetching && !making,
    problem: file.error ? asProblem(file.error) : null,
    download,
    forward,
    print,
  };
}

export type QuotePdf = ReturnType<typeof useQuotePdf>;
