import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../../api/client";
import { asProblem } from "../../../api/problem";
import type { Draft } from "../../../api/types";
import { Choice } from "../../../parts/Field";
import { ProblemNote } from "../../../parts/ProblemNote";
import { Skeleton } from "../../../parts/Skeleton";
import { templateText } from "../../../text/templates";
import styles from "./TemplatePreview.module.css";

/** A real quotation as the draft would print it; it follows what is saved. */
export function TemplatePreview({ draft }: { draft: Draft }) {
  const [quote, setQuote] = useState<number | undefined>();
  const query = useQuery({
    queryKey: ["config", "draft preview", draft.id, draft.version, quote],
    queryFn: ({ signal }) =>
      read(
        client.GET("/api/config/drafts/{id}/preview", {
          params: { path: { id: draft.id }, query: { quote } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const shown = query.data;
  if (!shown) return query.error ? <ProblemNote problem={asProblem(query.error)} /> : <Skeleton rows={6} />;
  const left = shown.page_count - shown.pages.length;
  return (
    <section className={styles.preview} aria-label={templateText.preview} aria-busy={query.isFetching}>
      {shown.choices.length > 0 ? (
        <Choice
          label={templateText.previewOn}
          hint={templateText.previewHint}
          value={quote ?? shown.quote_id ?? ""}
          onChange={(event) => setQuote(Number(event.target.value))}
        >
          {shown.choices.map((one) => (
            <option key={one.quote_id} value={one.quote_id}>
              {templateText.previewChoice(one.number, one.revision, one.customer)}
            </option>
          ))}
        </Choice>
      ) : (
        <p className={styles.made}>{templateText.previewMade}</p>
      )}
      {query.error && <ProblemNote problem={asProblem(query.error)} />}
      <div className={query.isPlaceholderData ? `${styles.pages} ${styles.old}` : styles.pages}>
        {shown.pages.map((page, at) => (
          <img
            // biome-ignore lint/suspicious/noArrayIndexKey: pages are told apart by nothing but their number.
            key={at}
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(page)}`}
            alt={templateText.previewPage(at + 1, shown.page_count)}
            style={{ aspectRatio: `${shown.paper_width} / ${shown.paper_height}` }}
          />
        ))}
      </div>
      {left > 0 && <p className={styles.made}>{templateText.previewMore(left)}</p>}
    </section>
  );
}
