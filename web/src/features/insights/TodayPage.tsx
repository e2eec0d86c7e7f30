import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { backupsQuery } from "../../api/backups";
import { client, read } from "../../api/client";
import { meQuery, useRight } from "../../api/session";
import type { Me, TodayItem } from "../../api/types";
import { managing, placesFor } from "../../app/navigation";
import { buttonClass } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { clockTime, serverNow } from "../../parts/format";
import { Loaded } from "../../parts/Loaded";
import { Note } from "../../parts/Note";
import { Page } from "../../parts/Page";
import { Skeleton } from "../../parts/Skeleton";
import { useReadNotice } from "../../parts/useReadNotice";
import { insightsText } from "../../text/insights";
import { backupTask } from "./backupTask";
import { TodayFigures } from "./TodayFigures";
import { TodayList } from "./TodayList";
import { TodayMore } from "./TodayMore";
import styles from "./TodayPage.module.css";
import { groupsOf, isFresh, isNews, tasksOf } from "./tasks";

const TaskStrip = lazy(() => import("../../parts/TaskStrip").then((file) => ({ default: file.TaskStrip })));
const HouseCards = lazy(() => import("./HouseCards").then((file) => ({ default: file.HouseCards })));
const LaidAside = lazy(() => import("./LaidAside").then((file) => ({ default: file.LaidAside })));
const FirstBranch = lazy(() => import("./FirstBranch").then((file) => ({ default: file.FirstBranch })));

/** How many of a part stand there at first: more of what presses than of what can be read in a list as well. */
const PRESSING_SHOWN = 5;
const OTHERS_SHOWN = 3;

function partOfDay(): string {
  const hour = Number(clockTime(serverNow()).slice(0, 2));
  if (hour < 11) return insightsText.morning;
  if (hour < 13) return insightsText.noon;
  return hour < 18 ? insightsText.afternoon : insightsText.evening;
}

/** Whether quotations of the person through whose eyes one looks are not shown: then nothing says that none waits. */
const hidesQuotes = (me: Me | undefined) =>
  ["quote.read", "price.read"].some((right) => me?.viewing?.hidden.includes(right));

/** What to do now: what others ask by name, what presses, what is about to end, what has ended. */
export function TodayPage() {
  const me = useQuery(meQuery).data;
  const mayQuote = useRight("quote.write");
  const mayRead = useRight("quote.read");
  const keepsAccounts = useRight("people.write");
  const keepsCompany = useRight("company.write");
  const backups = useQuery({ ...backupsQuery, enabled: keepsCompany }).data;
  const house = managing(placesFor(me));
  const hidden = hidesQuotes(me);
  const others = useRight("order.read") ? insightsText.emptyHintOthers : undefined;
  const emptyHint = mayRead ? insightsText.emptyHint : others;
  const readNotice = useReadNotice();
  const onOpen = ({ notice }: TodayItem) => {
    if (notice !== null && !me?.viewing) readNotice.mutate(notice);
  };
  const query = useQuery({
    queryKey: ["today"],
    queryFn: ({ signal }) => read(client.GET("/api/today", { signal })),
    refetchInterval: 60_000,
  });
  return (
    <Page title={me ? insightsText.hello(partOfDay(), me.name) : insightsText.today} width="record">
      <Suspense>
        <TaskStrip />
        {keepsCompany && <LaidAside />}
      </Suspense>
      <Loaded query={query} skeleton={<Skeleton rows={5} cards={4} />}>
        {(today) => {
          const items = tasksOf(today.items, me?.rights ?? []);
          const backup = keepsCompany && backups && backupTask(backups, serverNow());
          const fresh = items.filter(isFresh);
          const waiting = items.filter((item) => !isNews(item) && !isFresh(item));
          const todo = [...(backup ? [backup] : []), ...waiting];
          const groups = groupsOf(todo);
          const nothing = todo.length === 0 && fresh.length === 0 && !hidden;
          return (
            <>
              {today.clock && <Note>{today.clock}</Note>}
              {keepsAccounts && (
                <Suspense>
                  <FirstBranch />
                </Suspense>
              )}
              {mayRead && !hidden && <TodayFigures figures={today.figures} soon={today.soon} />}
              <TodayList title={insightsText.fresh} items={fresh} onOpen={onOpen} folds={PRESSING_SHOWN} />
              {hidden && me && (
                <EmptyState
                  icon="lock"
                  title={insightsText.hiddenTitle}
                  hint={insightsText.hiddenHint(me.name)}
                />
              )}
              {nothing && house.length === 0 && (
                <EmptyState icon="check" title={insightsText.emptyTitle} hint={emptyHint}>
                  {mayQuote && (
                    <Link to="/quotes/new" className={buttonClass("primary")}>
                      {insightsText.newQuote}
                    </Link>
                  )}
                </EmptyState>
              )}
              <TodayList title={insightsText.asked} items={groups.asked} folds={PRESSING_SHOWN} asks />
              <TodayList title={insightsText.todo} items={groups.pressing} folds={PRESSING_SHOWN} />
              <TodayList title={insightsText.ending} items={groups.ending} folds={OTHERS_SHOWN} />
              <TodayList title={insightsText.expired} items={groups.expired} folds={OTHERS_SHOWN} />
              {mayRead && !hidden && <TodayMore listed={todo} figures={today.figures} soon={today.soon} />}
              <TodayList title={insightsText.news} items={items.filter(isNews)} folds={OTHERS_SHOWN} />
              {house.length > 0 && (
                <Suspense>
                  {nothing && <p className={styles.heading}>{insightsText.emptyTitle}</p>}
                  <HouseCards places={house} />
                </Suspense>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
