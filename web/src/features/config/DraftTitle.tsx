import { client, ifMatch, read } from "../../api/client";
import type { Draft } from "../../api/types";
import { EditInPlace } from "../../parts/EditInPlace";
import { configText } from "../../text/config";
import { useDraftStep } from "./configApi";

/** The draft's name, edited where it stands. */
export function DraftTitle({ draft }: { draft: Draft }) {
  const rename = useDraftStep<string>((title) =>
    read(
      client.PATCH("/api/config/drafts/{id}", {
        params: { path: { id: draft.id } },
        body: { title },
        ...ifMatch(draft.version),
      }),
    ),
  );
  return (
    <div style={{ maxWidth: 480 }}>
      <EditInPlace
        label={configText.draftTitle}
        value={draft.title}
        editable
        empty={configText.draftTitle}
        onSave={(title) => {
          if (title !== "") rename.mutate(title);
        }}
      />
    </div>
  );
}
