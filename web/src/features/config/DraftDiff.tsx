import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { asProblem } from "../../api/problem";
import type { Checks, Draft } from "../../api/types";
import { Failure } from "../../parts/Failure";
import { MoreRows } from "../../parts/MoreRows";
import { Note } from "../../parts/Note";
import { Skeleton } from "../../parts/Skeleton";
import { configText } from "../../text/config";
import { blockCount, blockedRows, putsOutside } from "./blockedRows";
import { DiffView } from "./DiffView";
import { draftDiffQuery } from "./draftDiffApi";
import { Unread } from "./Unread";

/** What the draft changes against what is in force; each row comes with what must be acknowledged of it, and with what keeps the draft from going on. */
export function DraftDiff({ draft, checks }: { draft: Draft; checks?: Checks | undefined }) {
  const blocked = useMemo(() => blockedRows(checks), [checks]);
  const query = useInfiniteQuery(draftDiffQuery(draft.id));
  if (query.error && !query.data)
    return <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />;
  const first = query.data?.pages[0];
  if (!first) return <Skeleton />;
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const again = () => (query.isFetchNextPageError ? query.fetchNextPage() : query.refetch());
  return (
    <>
      {checks && putsOutside(checks).map((sentence) => <Note key={sentence}>{sentence}</Note>)}
      <DiffView
        kind={draft.item.kind}
        blocked={blocked}
        blocks={blockCount(checks)}
        diff={{ ...first, items, next: query.hasNextPage ? first.next : null }}
      />
      {query.error ? (
        <Unread what={configText.diffUnread} problem={asProblem(query.error)} onRetry={again} />
      ) : (
        <MoreRows
          has={query.hasNextPage}
          busy={query.isFetchingNextPage}
          onMore={() => query.fetchNextPage()}
        />
      )}
    </>
  );
}
