import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import { meQuery } from "../../api/session";
import type { Item } from "../../api/types";
import { draftKey } from "../../kinds/config/draftApi";
import { configKind } from "../../kinds/config/list";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { EmptyState } from "../../parts/EmptyState";
import { formatMoment } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { type Tab, TabBar } from "../../parts/TabBar";
import { toast } from "../../parts/toast";
import { configText } from "../../text/config";
import { CompareView } from "./CompareView";
import { itemQuery, kindBeside, useConfigChanged } from "./configApi";
import { DraftRows } from "./DraftRows";
import { HistoryView } from "./HistoryView";
import { ItemMenu } from "./ItemMenu";
import styles from "./ItemPage.module.css";
import { titleOf } from "./newTitle";
import { OpenDraftsSheet } from "./OpenDraftsSheet";
import { RowsView } from "./RowsView";

const route = getRouteApi("/app/config/items/$itemId");

/** One config item: what is in force, what is queued, its drafts and its history. */
export function ItemPage() {
  const id = Number(route.useParams().itemId);
  const query = useQuery(itemQuery(id));
  return <Loaded query={query}>{(item) => <Opened item={item} />}</Loaded>;
}

function Opened({ item }: { item: Item }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const changed = useConfigChanged();
  const me = useQuery(meQuery).data;
  const [asking, setAsking] = useState(false);
  const tab = search.tab ?? "rows";
  const Above = configKind(item.kind)?.Above;
  const begin = useMutation({
    mutationFn: () =>
      read(
        client.POST("/api/config/items/{id}/drafts", {
          params: { path: { id: item.id } },
          body: { title: titleOf(item.name, me?.name ?? "") },
        }),
      ),
    onSuccess: (draft) => {
      cache.setQueryData(draftKey(draft.id), draft);
      changed();
      navigate({ to: "/config/drafts/$draftId", params: { draftId: String(draft.id) } });
    },
    onError: (error) => toast(asProblem(error).message, { tone: "fault" }),
  });
  const start = () => (item.drafts.length === 0 ? begin.mutate() : setAsking(true));
  const tabs: Tab[] = [
    { key: "rows", word: configText.tabRows },
    { key: "history", word: configText.tabHistory },
    { key: "drafts", word: configText.tabDrafts, count: item.drafts.length },
    { key: "compare", word: configText.tabCompare },
  ];
  return (
    <Page
      title={item.name}
      back="/config"
      meta={kindBeside(item)}
      actions={
        <>
          <ItemMenu item={item} />
          {item.actions.includes("edit") && (
            <Button look="primary" icon="edit" busy={begin.isPending} onClick={start}>
              {configText.newDraft}
            </Button>
          )}
        </>
      }
      width="record"
    >
      <div className={styles.now}>
        <p>
          <Icon name="check" size={18} />
          {item.in_force === null
            ? configText.notYet
            : configText.since(item.in_force.n, formatMoment(item.in_force.effective_at))}
          {item.in_force && (
            <small>{[item.in_force.author.name, item.in_force.note].filter(Boolean).join(" · ")}</small>
          )}
        </p>
        {item.queued.map((one) => (
          <p key={one.n} className={styles.queued}>
            <Icon name="calendar" size={18} />
            {configText.willStart(one.n, formatMoment(one.effective_at))}
          </p>
        ))}
      </div>
      {Above && (
        <Suspense>
          <Above />
        </Suspense>
      )}
      <Card flush>
        <TabBar
          label={item.name}
          tabs={tabs}
          current={tab}
          onPick={(key) =>
            navigate({
              to: "/config/items/$itemId",
              params: { itemId: String(item.id) },
              search: { tab: key },
              replace: true,
            })
          }
        />
        {tab === "rows" && <RowsView item={item} />}
        {tab === "history" && <HistoryView item={item} />}
        {tab === "compare" && (
          <CompareView
            item={item}
            search={search}
            onSearch={(asked) =>
              navigate({
                to: "/config/items/$itemId",
                params: { itemId: String(item.id) },
                search: { tab, ...asked },
                replace: true,
              })
            }
          />
        )}
        {tab === "drafts" &&
          (item.drafts.length === 0 ? (
            <EmptyState icon="edit" title={configText.noDrafts} hint={configText.noDraftsHint} />
          ) : (
            <DraftRows drafts={item.drafts} />
          ))}
      </Card>
      {asking && (
        <OpenDraftsSheet
          drafts={item.drafts}
          busy={begin.isPending}
          onAnyway={() => begin.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  );
}
