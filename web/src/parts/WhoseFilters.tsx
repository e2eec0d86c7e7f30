import { baseText } from "../text/base";
import { NamedFilter } from "./NamedFilter";

interface Whose {
  owner?: number;
  branch?: number;
}

/** Whose records, and of which branch. */
export function WhoseFilters({ owner, branch, onChange }: Whose & { onChange: (change: Whose) => void }) {
  return (
    <>
      <NamedFilter
        label={baseText.owner}
        of="people"
        value={owner}
        onChange={(chosen) => onChange({ owner: chosen })}
      />
      <NamedFilter
        label={baseText.branch}
        of="branches"
        value={branch}
        onChange={(chosen) => onChange({ branch: chosen })}
      />
    </>
  );
}
