import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import { useRight } from "../../api/session";
import type { ItemRow } from "../../api/types";
import { configKind, kindPlace } from "../../kinds/config/list";
import { Button } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { formatMoment } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { MoreRows } from "../../parts/MoreRows";
import { Page } from "../../parts/Page";
import { type Column, RecordList } from "../../parts/RecordList";
import { baseText } from "../../text/base";
import { configText } from "../../text/config";
import { listsText } from "../../text/lists";
import { templateText } from "../../text/templates";
import { itemsQuery, kindBeside } from "./configApi";
import { NewListSheet } from "./NewListSheet";
import { RegionalItem } from "./RegionalItem";
import styles from "./Workbench.module.css";
import { WorkbenchDrafts } from "./WorkbenchDrafts";
import { WorkbenchReleases } from "./WorkbenchReleases";

const inForce = (row: ItemRow) =>
  row.in_force === null
    ? configText.notYet
    : configText.since(row.in_force.n, formatMoment(row.in_force.effective_at));
const queued = (row: ItemRow) =>
  row.queued
    .map((one) => configText.willStart(one.n, formatMoment(one.effective_at)))
    .join(baseText.between) || configText.noQueue;

/** Items of one kind together, in the order of the kinds; those of head office first. */
const inKindOrder = (items: readonly ItemRow[]) =>
  [...items].sort((one, other) => kindPlace(one.kind) - kindPlace(other.kind) || one.id - other.id);

const counted = (row: ItemRow) => (configKind(row.kind)?.counted ?? configText.rowCount)(row.rows);

const COLUMNS: Column<ItemRow>[] = [
  { key: "name", head: configText.name, cell: (row) => row.name },
  { key: "kind", head: configText.kind, cell: (row) => row.about || row.kind_name },
  { key: "scope", head: templateText.scope, cell: (row) => row.scope.name },
  { key: "force", head: configText.inForce, cell: inForce },
  { key: "queue", head: configText.queued, cell: queued },
  { key: "rows", head: configText.rows, cell: counted, right: true },
  {
    key: "drafts",
    head: configText.drafts,
    cell: (row) => configText.draftCount(row.open_drafts),
    right: true,
  },
];

function Items({ items }: { items: readonly ItemRow[] }) {
  if (items.length === 0) return <EmptyState icon="workbench" title={configText.emptyItems} />;
  return (
    <RecordList
      label={configText.items}
      rows={inKindOrder(items)}
      rowKey={(row) => row.id}
      columns={COLUMNS}
      link={(row) => ({ to: "/config/items/$itemId", params: { itemId: String(row.id) } })}
      glance={(row) => ({
        title: row.name,
        right: counted(row),
        sub: inForce(row),
        subRight: kindBeside(row),
      })}
    />
  );
}

/** Everything that business people change, with what waits for somebody. */
export function WorkbenchPage() {
  const query = useInfiniteQuery(itemsQuery);
  const mayMake = useRight("config.edit");
  const [making, setMaking] = useState(false);
  const refused = query.error && asProblem(query.error);
  if (refused?.status === 403) {
    return (
      <Page title={configText.title} width="record">
        <Failure problem={refused} />
      </Page>
    );
  }
  return (
    <Page
      title={configText.title}
      actions={
        mayMake && (
          <Button icon="plus" onClick={() => setMaking(true)}>
            {listsText.make.open}
          </Button>
        )
      }
      width="record"
    >
      {making && <NewListSheet onClose={() => setMaking(false)} />}
      <p className={styles.lead}>{configText.lead}</p>
      <div className={styles.parts}>
        <WorkbenchDrafts />
        <section>
          <div className={styles.over}>
            <h2 className={styles.heading}>{configText.items}</h2>
            <RegionalItem />
          </div>
          <Loaded query={query}>
            {({ pages }) => <Items items={pages.flatMap((page) => page.items)} />}
          </Loaded>
          <MoreRows
            has={query.hasNextPage}
            busy={query.isFetchingNextPage}
            onMore={() => query.fetchNextPage()}
          />
        </section>
        <WorkbenchReleases />
      </div>
    </Page>
  );
}
