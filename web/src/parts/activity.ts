import { useEffect, useRef } from "react";
import { randomKey } from "../api/ids";
import { type ActivityEvent, ActivityMeter } from "./ActivityMeter";
import { serverNow } from "./format";

const SEND_EVERY_MS = 15_000;
const BATCH = 100;

let waiting: ActivityEvent[] = [];

/** Sends what has gathered; a page that is closing sends by beacon, which outlives it. */
async function flush(closing: boolean) {
  const events = waiting.slice(0, BATCH);
  if (events.length === 0) return;
  waiting = waiting.slice(BATCH);
  const key = randomKey();
  const body = JSON.stringify({ events });
  if (closing && navigator.sendBeacon(`/api/activity?key=${key}`, body)) return;
  try {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
    const answer = await fetch("/api/activity", {
      method: "POST",
      headers,
      body,
      keepalive: true,
      credentials: "same-origin",
    });
    if (answer.status >= 500) waiting = [...events, ...waiting];
  } catch {
    waiting = [...events, ...waiting];
  }
}

/** Measures the active time on one quotation while its page is open. */
export function useActivity(quoteId: number) {
  const meter = useRef<ActivityMeter>(undefined);
  useEffect(() => {
    const own = new ActivityMeter(quoteId, serverNow, (event) => {
      waiting.push(event);
    });
    meter.current = own;
    own.opened();
    const input = () => own.input();
    const focus = () => own.focus();
    const blur = () => own.blur();
    const hide = () => {
      own.close();
      void flush(true);
    };
    const timer = setInterval(() => {
      own.tick();
      void flush(false);
    }, SEND_EVERY_MS);
    const inputs = ["pointerdown", "keydown", "wheel", "touchmove"] as const;
    for (const name of inputs) window.addEventListener(name, input, { passive: true });
    window.addEventListener("focus", focus);
    window.addEventListener("blur", blur);
    window.addEventListener("pagehide", hide);
    return () => {
      clearInterval(timer);
      for (const name of inputs) window.removeEventListener(name, input);
      window.removeEventListener("focus", focus);
      window.removeEventListener("blur", blur);
      window.removeEventListener("pagehide", hide);
      own.close();
      void flush(false);
    };
  }, [quoteId]);
  return {
    /** Somebody looked at the PDF. */
    pdf: () => meter.current?.pdf(),
    /** What was measured so far is with the server when this resolves. */
    checkpoint: () => {
      meter.current?.checkpoint();
      return flush(false);
    },
  };
}
