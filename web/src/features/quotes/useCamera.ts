import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type BarcodeReader, openReader } from "./barcodeReader";
import { type CameraFault, cameraFault, ScanGate } from "./codes";

const LOOK_EVERY_MS = 160;

export interface Camera {
  state: "starting" | "live" | CameraFault;
  /** Null where the camera has no lamp. */
  torch: boolean | null;
  turnTorch: () => void;
  again: () => void;
}

/** Shows the camera behind the phone in `video` and tells each code as it comes into sight. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, onCode: (code: string) => void): Camera {
  const [state, setState] = useState<Camera["state"]>("starting");
  const [torch, setTorch] = useState<boolean | null>(null);
  const [attempt, setAttempt] = useState(0);
  const track = useRef<MediaStreamTrack | null>(null);
  const told = useRef(onCode);
  told.current = onCode;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt begins anew.
  useEffect(() => {
    const life = { over: false };
    let stream: MediaStream | null = null;
    const begin = async () => {
      setState("starting");
      if (!navigator.mediaDevices?.getUserMedia) return setState("insecure");
      try {
        const opened = await navigator.mediaDevices.getUserMedia({
          audio: false,
          video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
        });
        stream = opened;
        if (life.over || !video.current) return stop(opened);
        track.current = opened.getVideoTracks()[0] ?? null;
        setTorch(hasTorch(track.current) ? false : null);
        video.current.srcObject = opened;
        await video.current.play();
        const reader = await openReader();
        setState("live");
        void look(reader, video, life, (code) => told.current(code));
      } catch (error) {
        if (stream) stop(stream);
        if (!life.over) setState(cameraFault(error instanceof Error ? error.name : undefined));
      }
    };
    void begin();
    return () => {
      life.over = true;
      track.current = null;
      if (stream) stop(stream);
    };
  }, [attempt, video]);

  const turnTorch = useCallback(() => {
    const next = !torch;
    const lamp = { advanced: [{ torch: next }] } as unknown as MediaTrackConstraints;
    track.current?.applyConstraints(lamp).then(
      () => setTorch(next),
      () => setTorch(null),
    );
  }, [torch]);
  return { state, torch, turnTorch, again: () => setAttempt((n) => n + 1) };
}

const stop = (stream: MediaStream) => {
  for (const one of stream.getTracks()) one.stop();
};

const hasTorch = (track: MediaStreamTrack | null) =>
  (track?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch === true;

/** Looks again and again, one picture at a time, until the page is done with it. */
async function look(
  reader: BarcodeReader,
  video: RefObject<HTMLVideoElement | null>,
  life: { over: boolean },
  onCode: (code: string) => void,
) {
  const gate = new ScanGate();
  while (!life.over) {
    const picture = video.current;
    if (picture && picture.readyState >= picture.HAVE_CURRENT_DATA && !document.hidden) {
      // A frame that cannot be read is followed by another.
      const found = await reader.detect(picture).catch(() => []);
      if (life.over) return;
      const codes = found.map((one) => one.rawValue.trim()).filter(Boolean);
      for (const code of gate.pass(codes, Date.now())) onCode(code);
    }
    await new Promise((done) => setTimeout(done, LOOK_EVERY_MS));
  }
}
