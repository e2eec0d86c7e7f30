import type { Content, Draft } from "../../../api/types";
import { Button } from "../../../parts/Button";
import { FileDrop } from "../../../parts/FileDrop";
import { Loaded } from "../../../parts/Loaded";
import { SealSpot } from "../../../parts/SealSpot";
import { accessText } from "../../../text/access";
import { configText } from "../../../text/config";
import { templateText } from "../../../text/templates";
import { EditorHead } from "../EditorHead";
import type { EditorProps } from "../types";
import { useDraftRows } from "../useDraftRows";
import styles from "./SealEditor.module.css";

const KEY = "seal";

/** The picture that is stamped now, and the one that would be: both are looked at before anybody confirms. */
export function SealEditor({ draft, faults }: EditorProps) {
  const rows = useDraftRows(draft);
  const { book, query, view } = rows;
  const editable = draft.actions.includes("edit");
  const row = view.byKey.get(KEY);
  const before = row?.before ?? null;
  const after = row ? row.content : null;
  const changed = row !== undefined && row.change !== "same";
  const fault = view.faults.get(KEY) ?? faults.get(KEY);
  const put = (content: Content | null) => book.act(templateText.sealPicture, [{ key: KEY, content }]);
  return (
    <Loaded query={query}>
      {() => (
        <>
          <EditorHead rows={rows} editable={editable} hint={templateText.sealHint} />
          <div className={styles.box}>
            <div className={styles.pictures}>
              {before !== null && changed && (
                <Picture draft={draft} content={before} word={templateText.sealBefore} />
              )}
              {after === null ? (
                <p className={styles.none}>{templateText.sealNone}</p>
              ) : (
                <Picture
                  draft={draft}
                  content={after}
                  word={changed ? templateText.sealAfter : templateText.sealNow}
                />
              )}
            </div>
            {fault && (
              <p className={styles.fault} role="alert">
                {fault}
              </p>
            )}
            {editable && (
              <>
                <FileDrop
                  key={String(after?.file ?? "none")}
                  label={templateText.sealPick}
                  hint={accessText.sealHint}
                  accept="image/png"
                  onStored={(stored) => put({ file: stored.file })}
                />
                <div className={styles.acts}>
                  {changed && (
                    <Button icon="undo" onClick={() => put(before)}>
                      {configText.revertRow}
                    </Button>
                  )}
                  {after !== null && before !== null && (
                    <Button look="danger" onClick={() => put(null)}>
                      {templateText.sealRemove}
                    </Button>
                  )}
                </div>
              </>
            )}
          </div>
        </>
      )}
    </Loaded>
  );
}

function Picture({ draft, content, word }: { draft: Draft; content: Content; word: string }) {
  // A picture just chosen is known to the server once the draft is saved: then it is asked for again.
  const source = `/api/config/items/${draft.item.id}/pictures/${String(content.file)}?v=${draft.version}`;
  return (
    <figure className={styles.figure}>
      <SealSpot picture={source} alt={word} seller={draft.item.name} />
      <figcaption>{word}</figcaption>
    </figure>
  );
}
