import { type DragEvent, useId, useState } from "react";
import { uploadFile } from "../api/client";
import { asProblem, Problem } from "../api/problem";
import type { StoredFile } from "../api/types";
import { baseText } from "../text/base";
import styles from "./FileDrop.module.css";
import { formatBytes } from "./format";
import { Icon } from "./Icon";
import { ProblemNote } from "./ProblemNote";
import { useIsPhone } from "./useIsPhone";

const MAX_BYTES = 20 * 1024 * 1024;

interface FileDropProps {
  label: string;
  hint: string;
  accept: string;
  error?: string;
  /** The stored file, and what was picked, to be shown. */
  onStored: (stored: StoredFile, picked: File) => void;
}

/** Takes a file by drag, by choice or from the camera, stores it, and shows how far it is. */
export function FileDrop({ label, hint, accept, error, onStored }: FileDropProps) {
  const id = useId();
  const camera = accept.includes("image/*");
  const invite = !useIsPhone() ? baseText.uploadDrop : camera ? baseText.uploadTake : baseText.uploadPick;
  const [share, setShare] = useState<number | null>(null);
  const [stored, setStored] = useState<StoredFile | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [over, setOver] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    setProblem(file.size > MAX_BYTES ? new Problem(413, "file_too_big", baseText.uploadTooBig) : null);
    if (file.size > MAX_BYTES) return;
    setShare(0);
    try {
      const done = await uploadFile(file, setShare);
      setStored(done);
      onStored(done, file);
    } catch (failure) {
      setProblem(asProblem(failure));
    }
    setShare(null);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <div>
      <p className={styles.label} id={`${id}-label`}>
        {label}
      </p>
      <label
        className={[styles.drop, over && styles.over, stored && styles.done].filter(Boolean).join(" ")}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <input
          type="file"
          className="hidden-text"
          accept={accept}
          aria-labelledby={`${id}-label`}
          aria-describedby={`${id}-note`}
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <Icon name={stored ? "check" : "upload"} size={22} />
        <span className={styles.text}>
          <b>{share !== null ? baseText.uploading(Math.round(share * 100)) : (stored?.name ?? invite)}</b>
          <small>{stored ? baseText.uploaded(formatBytes(stored.bytes)) : hint}</small>
        </span>
      </label>
      <p id={`${id}-note`} className={styles.error} role={error ? "alert" : undefined}>
        {error}
      </p>
      {problem && <ProblemNote problem={problem} />}
    </div>
  );
}
