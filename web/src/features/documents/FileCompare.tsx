import { type DragEvent, useState } from "react";
import { Icon } from "../../parts/Icon";
import { documentsText } from "../../text/documents";
import { sha256 } from "./sha256";
import styles from "./VerifyPage.module.css";

type Outcome = "none" | "checking" | "same" | "different";

/** Compares the visitor's file with the original by its fingerprint, without sending it anywhere. */
export function FileCompare({ expected }: { expected: string | null }) {
  const [outcome, setOutcome] = useState<Outcome>("none");
  const [name, setName] = useState("");
  const take = async (file: File | undefined) => {
    if (!file) return;
    setName(file.name);
    setOutcome("checking");
    setOutcome((await sha256(file)) === expected ? "same" : "different");
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  return (
    <section className={styles.card}>
      <h2 className={styles.title}>{documentsText.compareTitle}</h2>
      {expected === null ? (
        <p className={styles.hint}>{documentsText.noPdf}</p>
      ) : (
        <>
          <p className={styles.hint}>{documentsText.compareHint}</p>
          <label className={styles.drop} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
            <input
              type="file"
              accept="application/pdf"
              className="hidden-text"
              onChange={(event) => {
                void take(event.target.files?.[0]);
                event.target.value = "";
              }}
            />
            <Icon name="file" size={22} />
            <span>{name || documentsText.choose}</span>
          </label>
          <p role="status" className={styles[outcome]}>
            {outcome === "checking" && documentsText.checking}
            {outcome === "same" && (
              <>
                <Icon name="check" /> {documentsText.same}
              </>
            )}
            {outcome === "different" && (
              <>
                <Icon name="warning" /> {documentsText.different}
              </>
            )}
          </p>
        </>
      )}
    </section>
  );
}
