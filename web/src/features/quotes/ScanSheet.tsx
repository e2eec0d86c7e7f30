import { type FormEvent, useRef, useState } from "react";
import { Button, buttonClass } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { Sheet } from "../../parts/Sheet";
import { toast } from "../../parts/toast";
import { scanText } from "../../text/scan";
import { openReader } from "./barcodeReader";
import type { DraftDoc } from "./draftModel";
import { ScannedLast } from "./ScannedLast";
import styles from "./ScanSheet.module.css";
import { useCamera } from "./useCamera";
import type { ChangeDraft } from "./useQuoteDraft";
import { useScanned } from "./useScanned";

interface ScanSheetProps {
  doc: DraftDoc;
  change: ChangeDraft;
  /** Goes to the search by name. */
  onSearch: () => void;
  onClose: () => void;
}

/** The camera reads barcodes and each adds its product; without a camera a photo or the digits do. */
export function ScanSheet({ doc, change, onSearch, onClose }: ScanSheetProps) {
  const video = useRef<HTMLVideoElement>(null);
  const scanned = useScanned(doc, change);
  const camera = useCamera(video, scanned.scan);
  const live = camera.state === "live" || camera.state === "starting";
  return (
    <Sheet
      open
      onClose={onClose}
      title={scanText.title}
      tall
      footer={
        <Button look="primary" onClick={onClose}>
          {scanText.done(doc.lines.length)}
        </Button>
      }
    >
      <div className={live ? styles.view : styles.hidden}>
        <video ref={video} playsInline muted aria-label={scanText.video} />
        <div className={styles.aim} />
        <p className={styles.hint} role="status">
          {camera.state === "live" ? scanText.aim : scanText.starting}
        </p>
        {camera.torch !== null && (
          <div className={styles.torch}>
            <Button small aria-pressed={camera.torch} onClick={camera.turnTorch}>
              {camera.torch ? scanText.torchOff : scanText.torchOn}
            </Button>
          </div>
        )}
      </div>
      {camera.state !== "live" && camera.state !== "starting" && (
        <>
          <p className={styles.fault} role="alert">
            <Icon name="warning" size={20} />
            <span>{scanText.faults[camera.state]}</span>
          </p>
          {(camera.state === "denied" || camera.state === "busy") && (
            <Button icon="camera" onClick={camera.again}>
              {scanText.again}
            </Button>
          )}
        </>
      )}
      <ScannedLast
        last={scanned.last}
        onChoose={scanned.choose}
        onUndo={() => {
          change({ kind: "undo" });
          scanned.dismiss();
        }}
        onSearch={onSearch}
      />
      <OtherWays onCode={scanned.scan} />
    </Sheet>
  );
}

/** A photo of the code, or its digits typed. */
function OtherWays({ onCode }: { onCode: (code: string) => void }) {
  const [digits, setDigits] = useState("");
  const [busy, setBusy] = useState(false);
  const read = async (photo: File | undefined) => {
    if (!photo) return;
    setBusy(true);
    try {
      const reader = await openReader();
      const picture = await pictureOf(photo);
      const codes = new Set((await reader.detect(picture)).map((one) => one.rawValue.trim()));
      for (const code of codes) onCode(code);
      if (codes.size === 0) toast(scanText.photoNone, { tone: "fault" });
    } catch {
      toast(scanText.faults.broken, { tone: "fault" });
    }
    setBusy(false);
  };
  const typed = (event: FormEvent) => {
    event.preventDefault();
    if (digits.trim() === "") return;
    onCode(digits);
    setDigits("");
  };
  return (
    <div className={styles.ways}>
      <form onSubmit={typed}>
        <TextField
          label={scanText.type}
          placeholder={scanText.typeHint}
          value={digits}
          maxLength={32}
          inputMode="numeric"
          autoComplete="off"
          onChange={(event) => setDigits(event.target.value)}
        />
        <Button type="submit">{scanText.find}</Button>
      </form>
      <label className={`${buttonClass("plain", true)} ${styles.photo}`} aria-busy={busy}>
        <Icon name="camera" size={18} />
        <span>{scanText.photo}</span>
        <input
          type="file"
          accept="image/*"
          capture="environment"
          aria-label={scanText.photo}
          disabled={busy}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
      </label>
    </div>
  );
}

async function pictureOf(photo: File): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = URL.createObjectURL(photo);
  try {
    await picture.decode();
  } finally {
    URL.revokeObjectURL(picture.src);
  }
  return picture;
}
