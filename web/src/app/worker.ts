import { Listeners } from "../parts/Listeners";

/** Asked again when somebody comes back to the page, but not more often. */
const ASK_EVERY_MS = 30 * 60_000;

let waiting: ServiceWorker | null = null;
const listeners = new Listeners();

export const subscribe = listeners.subscribe;
/** Whether a newer version lies ready. */
export const isNewer = () => waiting !== null;

function found(worker: ServiceWorker | null) {
  // The very first one takes over nothing that is older than itself.
  if (worker === null || !navigator.serviceWorker.controller) return;
  waiting = worker;
  listeners.tell();
}

function watch(registration: ServiceWorkerRegistration) {
  found(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") found(worker);
    });
  });
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - asked < ASK_EVERY_MS) return;
    asked = Date.now();
    // Without network there is nothing newer to be had.
    registration.update().catch(() => {});
  });
}

let begun = false;

/** Starts the worker where the browser has one: over https, or on this very machine. */
export async function startWorker() {
  if (begun || !("serviceWorker" in navigator)) return;
  begun = true;
  try {
    watch(await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }));
  } catch {
    // A private window may forbid it; everything works without.
  }
}

/** Goes on with the newer version: the page is loaded anew once it has taken over. */
export function takeNewer() {
  navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), {
    once: true,
  });
  waiting?.postMessage("take over");
}
