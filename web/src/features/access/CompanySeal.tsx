import { useEffect, useState } from "react";
import { asProblem, type Problem } from "../../api/problem";
import type { CompanyProfile } from "../../api/types";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { FileDrop } from "../../parts/FileDrop";
import { Icon } from "../../parts/Icon";
import { ProblemNote } from "../../parts/ProblemNote";
import { SealSpot } from "../../parts/SealSpot";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { accessText } from "../../text/access";
import styles from "./CompanySeal.module.css";

interface CompanySealProps {
  profile: CompanyProfile;
  busy: boolean;
  onChange: (seal: string | null) => Promise<unknown>;
}

interface Picked {
  file: string;
  picture: File;
}

/** The seal: a new one is looked at before it is used, and taking it away is asked and can be undone. */
export function CompanySeal({ profile, busy, onChange }: CompanySealProps) {
  const [picked, setPicked] = useState<Picked | null>(null);
  const [removing, setRemoving] = useState(false);
  const [removed, setRemoved] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { seal_file } = profile;
  const editable = profile.actions.includes("edit");
  // Only who may change the seal is given its picture; the hash makes a new seal a new address.
  const shown = editable && seal_file !== null ? `/api/company/seal?seal=${seal_file}` : null;
  const choice = usePicture(picked?.picture ?? null);
  const change = async (seal: string | null, said: string) => {
    setProblem(null);
    try {
      await onChange(seal);
      toast(said);
      return true;
    } catch (error) {
      setProblem(asProblem(error));
      return false;
    }
  };
  const use = async () => {
    if (picked === null) return;
    if (await change(picked.file, accessText.sealUsed)) setRemoved(null);
    setPicked(null);
  };
  const remove = async () => {
    const before = seal_file;
    if (await change(null, accessText.sealRemoved)) setRemoved(before);
    setRemoving(false);
  };
  const putBack = async () => {
    if (removed !== null && (await change(removed, accessText.sealBack))) setRemoved(null);
    else toast(accessText.sealPutBackFailed, { tone: "fault" });
  };
  return (
    <Card title={accessText.seal}>
      <div className={styles.parts}>
        {seal_file === null ? (
          <p className={styles.now}>
            <Icon name="warning" />
            {accessText.sealNone}
          </p>
        ) : (
          <Seal picture={shown} spot={picked === null ? profile.name : undefined} />
        )}
        {removed !== null && seal_file === null && (
          <div className={styles.removed} role="status">
            <span>{accessText.sealRemoved}</span>
            <Button icon="undo" busy={busy} onClick={putBack}>
              {accessText.sealPutBack}
            </Button>
          </div>
        )}
        {problem && <ProblemNote problem={problem} />}
        {editable && picked === null && (
          <FileDrop
            key={seal_file ?? "none"}
            label={seal_file === null ? accessText.sealFirst : accessText.sealReplace}
            hint={accessText.sealHint}
            accept="image/png"
            onStored={(stored, file) => {
              setProblem(null);
              setPicked({ file: stored.file, picture: file });
            }}
          />
        )}
        {picked !== null && (
          <div className={styles.parts}>
            <b>{accessText.sealNew}</b>
            <SealSpot picture={choice} alt={accessText.sealNew} seller={profile.name} />
            <p className={styles.explain}>{accessText.sealUseExplains}</p>
            <div className={styles.acts}>
              <Button look="primary" busy={busy} onClick={use}>
                {accessText.sealUse}
              </Button>
              <Button onClick={() => setPicked(null)}>{accessText.sealOther}</Button>
            </div>
          </div>
        )}
        {editable && seal_file !== null && picked === null && (
          <Button look="danger" onClick={() => setRemoving(true)}>
            {accessText.sealRemove}
          </Button>
        )}
      </div>
      <Sheet
        open={removing}
        onClose={() => setRemoving(false)}
        title={accessText.sealRemoveTitle}
        footer={
          <SheetActs onClose={() => setRemoving(false)} look="danger" busy={busy} onClick={remove}>
            {accessText.sealRemove}
          </SheetActs>
        }
      >
        <div className={styles.parts}>
          <Seal picture={shown} />
          <p>{accessText.sealRemoveExplains}</p>
        </div>
      </Sheet>
    </Card>
  );
}

/** With `spot`, the name of the company, as it stands on paper. */
function Seal({ picture, spot }: { picture: string | null; spot?: string }) {
  if (picture === null) {
    return (
      <p className={styles.now}>
        <Icon name="seal" />
        {accessText.sealNowUnseen}
      </p>
    );
  }
  if (spot !== undefined) return <SealSpot picture={picture} alt={accessText.sealNow} seller={spot} />;
  return (
    <figure className={styles.figure}>
      <img className={styles.picture} src={picture} alt={accessText.sealNow} />
      <figcaption>{accessText.sealNow}</figcaption>
    </figure>
  );
}

/** An address for a file of this device, given up when it is no longer shown. */
function usePicture(file: File | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return setAddress(null);
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
