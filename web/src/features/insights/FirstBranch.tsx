import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { openOrgs, orgsQuery } from "../../api/orgs";
import { buttonClass } from "../../parts/Button";
import { EmptyState } from "../../parts/EmptyState";
import { orgsText } from "../../text/orgs";

/** To whoever keeps the accounts of a company that is head office alone: where to begin. */
export function FirstBranch() {
  const orgs = useQuery({ ...orgsQuery, staleTime: 60_000 }).data?.items;
  const [only, ...others] = openOrgs(orgs);
  if (only?.kind !== "hq" || others.length > 0) return null;
  return (
    <EmptyState icon="order" title={orgsText.todayTitle} hint={orgsText.todayHint}>
      <Link to="/people/orgs" className={buttonClass("primary")}>
        {orgsText.todayDo}
      </Link>
    </EmptyState>
  );
}
