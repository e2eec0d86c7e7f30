import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Suspense, useMemo, useState, useSyncExternalStore } from "react";
import { checksQuery } from "../../api/checks";
import type { Draft } from "../../api/types";
import { draftQuery } from "../../kinds/config/draftApi";
import { configKind } from "../../kinds/config/list";
import { RangesContext, rangesOf } from "../../kinds/config/price_list/ranges";
import { useDraftBook } from "../../kinds/config/useDraftBook";
import { Card } from "../../parts/Card";
import { EmptyState } from "../../parts/EmptyState";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { Skeleton } from "../../parts/Skeleton";
import { TabBar } from "../../parts/TabBar";
import { ThumbBar } from "../../parts/ThumbBar";
import { UnsavedGuard } from "../../parts/UnsavedGuard";
import { useIsPhone } from "../../parts/useIsPhone";
import { configText } from "../../text/config";
import { ChecksPanel } from "./ChecksPanel";
import { itemQuery } from "./configApi";
import { DraftActions } from "./DraftActions";
import { DraftDiff } from "./DraftDiff";
import { DraftHead } from "./DraftHead";
import { DraftImports } from "./DraftImports";
import { DraftRisks } from "./DraftRisks";
import { DraftState } from "./DraftState";
import { useToldRows } from "./draftDiffApi";
import { EditFrame } from "./EditFrame";
import { ImportPanel } from "./ImportPanel";
import { waitingBase } from "./publishing";
import { RebaseBanner } from "./RebaseBanner";
import { waitsForMe } from "./waitsForMe";

const route = getRouteApi("/app/config/drafts/$draftId");

/** One draft on its way: edit, check, see the difference, have it confirmed, publish. */
export function DraftPage() {
  const id = Number(route.useParams().draftId);
  const query = useQuery(draftQuery(id));
  return <Loaded query={query}>{(draft) => <Opened key={draft.id} draft={draft} />}</Loaded>;
}

function Opened({ draft }: { draft: Draft }) {
  const search = route.useSearch();
  const navigate = useNavigate();
  const [focusKey, setFocusKey] = useState<string | null>(null);
  const [importing, setImporting] = useState(false);
  const kind = configKind(draft.item.kind);
  // Held here, so that the way back outlives a look at another tab.
  const { saver } = useDraftBook(draft).book;
  const saving = useSyncExternalStore(saver.subscribe, saver.current);
  const open = draft.state === "editing" || draft.state === "submitted" || draft.state === "confirmed";
  const checks = useQuery({ ...checksQuery(draft.id), enabled: open });
  const item = useQuery(itemQuery(draft.item.id)).data;
  const told = useToldRows(draft.id);
  const editable = draft.actions.includes("edit");
  const go = (key: string) =>
    navigate({
      to: "/config/drafts/$draftId",
      params: { draftId: String(draft.id) },
      search: { tab: key },
      replace: true,
    });
  const faults = useMemo(() => {
    const byKey = new Map<string, string>();
    for (const check of checks.data?.items ?? [])
      if (check.key !== null && !byKey.has(check.key)) byKey.set(check.key, check.sentence);
    return byKey;
  }, [checks.data]);
  const ranges = useMemo(() => rangesOf(checks.data), [checks.data]);
  const tabs = [
    { key: "edit", word: configText.tabEdit },
    ...(editable && kind?.importable ? [{ key: "import", word: configText.tabImport }] : []),
    ...(open
      ? [
          {
            key: "checks",
            word: configText.tabChecks,
            count: (checks.data?.blocks ?? 0) + (checks.data?.warns ?? 0),
            alarm: (checks.data?.blocks ?? 0) + (checks.data?.risks.count ?? 0) > 0,
          },
        ]
      : []),
    {
      key: "diff",
      word: configText.tabDiff,
      count: draft.counts.added + draft.counts.changed + draft.counts.removed,
    },
  ];
  // A tab that the draft has left behind (import, after submitting) gives way to what is of interest now.
  const usual = draft.state === "editing" && editable ? "edit" : "diff";
  const tab = tabs.some((one) => one.key === search.tab) ? (search.tab ?? usual) : usual;
  const thumb = useIsPhone() && waitsForMe(draft);
  const acts = (
    <DraftActions draft={draft} checks={checks.data} importing={importing} unsaved={saver.dirty} />
  );
  return (
    <Page
      title={draft.title}
      back="/config"
      meta={<DraftState state={draft.state} />}
      actions={!thumb && acts}
      width="list"
    >
      <ThumbBar label={configText.nextStep} acts={thumb && acts}>
        <DraftHead draft={draft} />
        {draft.behind && open && <RebaseBanner draft={draft} />}
        <Card flush>
          <TabBar label={draft.title} tabs={tabs} current={tab} onPick={go} />
          {!kind && <EmptyState icon="warning" title={configText.unknownKind} />}
          {kind && tab === "edit" && (
            <Suspense fallback={<Skeleton />}>
              <RangesContext value={ranges}>
                <EditFrame draft={draft} waits={waitingBase(draft, item)}>
                  <kind.Editor draft={draft} faults={faults} focusKey={focusKey} />
                </EditFrame>
              </RangesContext>
            </Suspense>
          )}
          {tab === "import" && <ImportPanel draft={draft} onOpen={setImporting} onDone={() => go("diff")} />}
          {tab === "checks" && (
            <ChecksPanel
              query={checks}
              onRow={(key) => {
                setFocusKey(key);
                go("edit");
              }}
            />
          )}
          {tab === "diff" && open && <DraftRisks query={checks} told={told} />}
          {tab === "diff" && <DraftDiff draft={draft} checks={open ? checks.data : undefined} />}
          {tab === "diff" && <DraftImports draftId={draft.id} padded />}
        </Card>
      </ThumbBar>
      <UnsavedGuard dirty={saver.dirty && saving.state === "failed"} />
    </Page>
  );
}
