import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { Import } from "../../api/types";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { type Fact, Facts } from "../../parts/Facts";
import { formatMoment } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { configText } from "../../text/config";
import { importText as words } from "../../text/imports";
import styles from "./Import.module.css";
import { importQuery, takenSheets } from "./importApi";
import { RowList } from "./RowList";
import { Tally } from "./Tally";

const route = getRouteApi("/app/config/imports/$importId");

/** One import as it was taken over: to be linked, shown to others and printed. */
export function ImportPage() {
  const id = Number(route.useParams().importId);
  const query = useQuery(importQuery(id));
  return (
    <Page
      title={words.pageTitle}
      back="/config"
      width="record"
      actions={<Button onClick={() => window.print()}>{words.print}</Button>}
    >
      <Loaded query={query}>{(found) => <Shown found={found} />}</Loaded>
    </Page>
  );
}

function Shown({ found }: { found: Import }) {
  const { preview } = found;
  const facts: Fact[] = [
    { label: words.fileName, value: found.file_name },
    { label: words.supplier, value: found.choices.supplier || words.unnamed },
    { label: words.who, value: found.by.name },
    {
      label: words.when,
      value: found.taken_at === null ? words.notTaken : formatMoment(found.taken_at),
    },
    {
      label: words.draft,
      value: (
        <Link to="/config/drafts/$draftId" params={{ draftId: String(found.draft_id) }}>
          {found.draft_title}
        </Link>
      ),
    },
    {
      label: words.revision,
      value:
        found.published_n === null ? (
          words.notPublished
        ) : (
          <Link
            to="/config/items/$itemId"
            params={{ itemId: String(found.item.id) }}
            search={{ tab: "history" }}
          >
            {words.revisionOf(found.item.name, found.published_n)}
          </Link>
        ),
    },
  ];
  return (
    <div className={styles.report}>
      <Card>
        <Facts facts={facts} />
      </Card>
      {preview && (
        <>
          <Card title={words.sums}>
            <p>
              <Tally tally={preview.tally} />
            </p>
            <p>
              {[
                configText.import.added(preview.counts.added),
                configText.import.changed(preview.counts.changed),
                configText.import.same(preview.counts.same),
              ].join(words.between)}
            </p>
            {preview.sheets.length > 1 && (
              <ul className={styles.sums}>
                {preview.sheets.map((sheet) => (
                  <li key={sheet.name}>
                    {sheet.name} <Tally tally={sheet.tally} />
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <Card title={words.rowsTitle}>
            <RowList
              several={takenSheets(preview) > 1}
              title={words.askedLeft}
              rows={preview.asked}
              count={preview.tally.asked}
              open
            />
            <RowList
              several={takenSheets(preview) > 1}
              title={words.refusedTitle}
              rows={preview.refused}
              count={preview.tally.refused}
              open
            />
            <RowList
              several={takenSheets(preview) > 1}
              title={words.leftOutTitle}
              rows={preview.left_out}
              open
            />
            <RowList
              several={takenSheets(preview) > 1}
              title={words.mendedTitle}
              rows={preview.mended}
              open
            />
            {preview.asked.length +
              preview.refused.length +
              preview.left_out.length +
              preview.mended.length ===
              0 && <p className={styles.quiet}>{words.allPlain}</p>}
          </Card>
        </>
      )}
    </div>
  );
}
