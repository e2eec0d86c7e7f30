import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type CSSProperties, useState } from "react";
import { openOrgs, orgsQuery } from "../../api/orgs";
import { useRight } from "../../api/session";
import type { Org } from "../../api/types";
import { Badge } from "../../parts/Badge";
import { Button, buttonClass } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { Loaded } from "../../parts/Loaded";
import { type MenuAction, MoreMenu } from "../../parts/MoreMenu";
import { Page } from "../../parts/Page";
import { baseText } from "../../text/base";
import { orgsText } from "../../text/orgs";
import styles from "./OrgPage.module.css";
import { OrgAdd, OrgClose, OrgRename } from "./OrgSheets";
import { useOrgActs } from "./useOrgActs";

interface Doing {
  what: "add" | "rename" | "close";
  org: Org;
}

/** The tree of the company: what there is, its codes, who works there; it grows, is renamed and closed here. */
export function OrgPage() {
  const mayWrite = useRight("people.write");
  const query = useQuery(orgsQuery);
  const [doing, setDoing] = useState<Doing | null>(null);
  const orgs = query.data?.items ?? [];
  const top = orgs[0];
  const add = () => top && setDoing({ what: "add", org: top });
  const none = () => setDoing(null);
  return (
    <Page
      title={orgsText.title}
      back="/people"
      width="record"
      actions={
        <>
          <Link to="/people" search={{ q: "" }} className={buttonClass()}>
            {orgsText.toPeople}
          </Link>
          {mayWrite && orgs.length > 1 && (
            <Button look="primary" icon="plus" onClick={add}>
              {orgsText.add}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={query}>
        {() => (
          <>
            <ul className={styles.list} aria-label={orgsText.list}>
              {orgs.map((org) => (
                <OrgRow key={org.id} org={org} mayWrite={mayWrite} onDo={(what) => setDoing({ what, org })} />
              ))}
            </ul>
            {openOrgs(orgs).length === 1 && top?.kind === "hq" && (
              <EmptyState icon="order" title={orgsText.emptyTitle} hint={orgsText.emptyHint}>
                {mayWrite && (
                  <Button look="primary" icon="plus" onClick={add}>
                    {orgsText.emptyDo}
                  </Button>
                )}
              </EmptyState>
            )}
          </>
        )}
      </Loaded>
      {doing?.what === "add" && <OrgAdd orgs={orgs} parent={doing.org} onClose={none} />}
      {doing?.what === "rename" && <OrgRename org={doing.org} onClose={none} />}
      {doing?.what === "close" && <OrgClose org={doing.org} onClose={none} />}
    </Page>
  );
}

interface OrgRowProps {
  org: Org;
  mayWrite: boolean;
  onDo: (what: Doing["what"]) => void;
}

function OrgRow({ org, mayWrite, onDo }: OrgRowProps) {
  const { reopen } = useOrgActs(() => {});
  const kind = orgsText.kinds[org.kind];
  const isBranch = org.kind === "branch";
  const acts: MenuAction[] = [{ word: orgsText.rename, icon: "edit", act: () => onDo("rename") }];
  if (!isBranch && !org.closed)
    acts.unshift({ word: orgsText.addUnder, icon: "plus", act: () => onDo("add") });
  if (org.closed) acts.push({ word: orgsText.reopen, icon: "undo", act: () => reopen(org) });
  else if (org.kind !== "hq")
    acts.push({ word: orgsText.close, icon: "lock", danger: true, act: () => onDo("close") });
  const managers = org.managers > 0 ? orgsText.managers(org.managers) : orgsText.noManager;
  const staff = [orgsText.people(org.people), (org.managers > 0 || org.kind === "region") && managers];
  return (
    <li
      className={org.closed ? `${styles.row} ${styles.closed}` : styles.row}
      style={{ "--depth": org.depth } as CSSProperties}
    >
      <span className={styles.name}>
        <b>{org.name}</b>
        {kind !== org.name && <span className={styles.kind}>{kind}</span>}
        {org.closed && <Badge tone="risk">{orgsText.closed}</Badge>}
      </span>
      <span className={styles.code}>{orgsText.codeOf(org.code)}</span>
      <span className={styles.staff}>{!org.closed && staff.filter(Boolean).join(baseText.between)}</span>
      <span className={styles.act}>
        {mayWrite && <MoreMenu label={orgsText.acts(org.name)} actions={acts} />}
      </span>
    </li>
  );
}
