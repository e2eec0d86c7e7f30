import type { CompanyPatch, CompanyProfile } from "../../api/types";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { FileDrop } from "../../parts/FileDrop";
import { Icon } from "../../parts/Icon";
import { accessText } from "../../text/access";

interface CompanySealProps {
  profile: CompanyProfile;
  busy: boolean;
  onChange: (change: CompanyPatch) => void;
}

/** The seal's picture; it is stamped by the server alone and never shown or given out here. */
export function CompanySeal({ profile, busy, onChange }: CompanySealProps) {
  return (
    <Card title={accessText.seal}>
      <div style={{ display: "grid", gap: 16 }}>
        <p style={{ display: "flex", alignItems: "center", gap: 8 }}>
          <Icon name={profile.seal_file === null ? "warning" : "seal"} />
          {profile.seal_file === null ? accessText.sealNone : accessText.sealNow}
        </p>
        {profile.actions.includes("edit") && (
          <>
            <FileDrop
              label={accessText.seal}
              hint={accessText.sealHint}
              accept="image/png"
              onStored={(stored) => onChange({ seal_file: stored.file })}
            />
            {profile.seal_file !== null && (
              <Button look="danger" busy={busy} onClick={() => onChange({ seal_file: null })}>
                {accessText.sealRemove}
              </Button>
            )}
          </>
        )}
      </div>
    </Card>
  );
}
