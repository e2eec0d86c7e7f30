import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { client, read } from "../../api/client";
import { paged } from "../../api/paged";
import { asProblem } from "../../api/problem";
import { useRight } from "../../api/session";
import type { Person } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button, buttonClass } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { Failure } from "../../parts/Failure";
import { FilterBar } from "../../parts/FilterBar";
import { formatAgo } from "../../parts/format";
import { MoreRows } from "../../parts/MoreRows";
import { Page } from "../../parts/Page";
import { SearchBox } from "../../parts/SearchBox";
import { accessText } from "../../text/access";
import { baseText } from "../../text/base";
import { orgsText } from "../../text/orgs";
import styles from "./PeoplePage.module.css";
import { PersonSheet } from "./PersonSheet";

const route = getRouteApi("/app/people");

/** Who works here, in which roles, and who may still sign in. */
export function PeoplePage() {
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useRight("people.write");
  const [editing, setEditing] = useState<Person | "new" | null>(null);
  const query = useInfiniteQuery(
    paged(["people", q], (after, signal) =>
      read(client.GET("/api/people", { params: { query: { q, limit: 100, after } }, signal })),
    ),
  );
  // Who changes nobody sees what somebody may do.
  const look = (person: Person) =>
    navigate({ to: "/people/$personId/rights", params: { personId: String(person.id) } });
  const people = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={accessText.people}
      back="/me"
      actions={
        <>
          <Link to="/people/orgs" className={buttonClass()}>
            {orgsText.title}
          </Link>
          {mayWrite && (
            <Button look="primary" icon="plus" onClick={() => setEditing("new")}>
              {accessText.newPerson}
            </Button>
          )}
        </>
      }
      width="record"
    >
      <FilterBar
        search={
          <SearchBox
            label={accessText.searchPeople}
            value={q}
            onChange={(text) => navigate({ search: { q: text }, replace: true })}
          />
        }
      />
      {query.error && !query.data && (
        <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.data && people.length === 0 && (
        <EmptyState icon="customers" title={accessText.peopleEmpty} hint={baseText.nothingFoundHint} />
      )}
      {people.length > 0 && (
        <ul className={styles.list} aria-label={accessText.peopleList}>
          {people.map((person) => (
            <li key={person.id}>
              <button
                type="button"
                className={styles.row}
                onClick={() => (mayWrite ? setEditing(person) : look(person))}
              >
                <span className={styles.main}>
                  <b>{person.name}</b> <small>{person.account}</small>
                </span>
                <span className={styles.roles}>{person.roles.map((role) => role.name).join(" · ")}</span>
                <span className={styles.org}>{person.org.name}</span>
                <span className={styles.seen}>
                  {person.active ? (
                    person.last_seen_at === null ? (
                      accessText.neverSeen
                    ) : (
                      formatAgo(person.last_seen_at)
                    )
                  ) : (
                    <Badge tone="risk">{accessText.activeOff}</Badge>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <MoreRows
        has={query.hasNextPage}
        busy={query.isFetchingNextPage}
        onMore={() => query.fetchNextPage()}
      />
      {editing && (
        <PersonSheet person={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </Page>
  );
}
