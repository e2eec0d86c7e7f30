import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { client, read } from "../../api/client";
import { meQuery, useRight } from "../../api/session";
import type { EffectiveRights } from "../../api/types";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { Loaded } from "../../parts/Loaded";
import { Note } from "../../parts/Note";
import { Page } from "../../parts/Page";
import { agreeingText } from "../../text/agreeing";
import { operationText } from "../../text/operation";
import styles from "./RightsPage.module.css";
import { ViewAsSheet } from "./ViewAsSheet";

const route = getRouteApi("/app/people/$personId/rights");

/** What somebody may do, how far, and which role gives it; administrators look through their eyes from here. */
export function RightsPage() {
  const id = Number(route.useParams().personId);
  const me = useQuery(meQuery).data;
  const mayView = useRight("people.view_as") && me !== undefined && me.id !== id && !me.viewing;
  const maySeePeople = useRight("people.read");
  const [asking, setAsking] = useState(false);
  const query = useQuery({
    queryKey: ["people", id, "rights"],
    queryFn: ({ signal }) =>
      read(client.GET("/api/people/{id}/rights", { params: { path: { id } }, signal })),
  });
  const name = query.data?.person.name;
  return (
    <Page
      title={name === undefined ? operationText.rights : operationText.rightsOf(name)}
      back={maySeePeople ? "/people" : "/me"}
      width="record"
      actions={
        mayView &&
        query.data?.active && (
          <Button icon="eye" onClick={() => setAsking(true)}>
            {operationText.viewAs(query.data.person.name)}
          </Button>
        )
      }
    >
      <Loaded query={query}>{(rights) => <Rights rights={rights} />}</Loaded>
      {asking && query.data && <ViewAsSheet person={query.data.person} onClose={() => setAsking(false)} />}
    </Page>
  );
}

function Rights({ rights }: { rights: EffectiveRights }) {
  const reach = (key: string) =>
    key === "org" ? operationText.reachOrg(rights.org_name) : (operationText.reach[key] ?? key);
  return (
    <>
      {!rights.active && <Note>{operationText.rightsLocked}</Note>}
      <p className={styles.lead}>
        {operationText.rightsLead(rights.role_names.join(operationText.between), rights.org_name)}
      </p>
      {rights.price_limit && (
        <p className={styles.lead}>
          {operationText.rightsLimit(
            agreeingText.limit(rights.price_limit.depth, rights.price_limit.rounding),
          )}
        </p>
      )}
      <Card title={operationText.rightsList} flush>
        <ul className={styles.rights} aria-label={operationText.rightsList}>
          {rights.rights.map((right) => (
            <li key={right.id}>
              <b>{right.name}</b>
              <span>{reach(right.reach)}</span>
              <small>
                {operationText.from}{" "}
                {right.from
                  .map((source) => operationText.fromRole(source.role, reach(source.reach)))
                  .join(operationText.between)}
              </small>
            </li>
          ))}
        </ul>
      </Card>
      {rights.missing.length > 0 && (
        <Card title={operationText.rightsMissing} flush>
          <p className={styles.missing}>{rights.missing.join(operationText.between)}</p>
        </Card>
      )}
    </>
  );
}
