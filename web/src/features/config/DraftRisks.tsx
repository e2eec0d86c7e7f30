import type { UseQueryResult } from "@tanstack/react-query";
import { asProblem } from "../../api/problem";
import type { Checks } from "../../api/types";
import { riskText } from "../../text/risks";
import { RiskList } from "./RiskList";
import { Unread } from "./Unread";

/** What stands out in the draft, above its difference; where it could not be read, that, and not nothing. */
export function DraftRisks({
  query,
  told,
}: {
  query: UseQueryResult<Checks>;
  /** The rows of the difference that are shown beneath, each with why it stands out. */
  told?: ReadonlySet<string>;
}) {
  return (
    <>
      {query.error && (
        <Unread what={riskText.unread} problem={asProblem(query.error)} onRetry={() => query.refetch()} />
      )}
      {query.data && <RiskList risks={query.data.risks} told={told} band />}
    </>
  );
}
