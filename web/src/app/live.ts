import { queryClient } from "../api/queryClient";
import { type Hint, hearTabs, THIS_TAB, tellTabs } from "../parts/tabs";
import { isFree, keysOf, type Lease } from "./liveKeys";

const LEASE_KEY = "huxi.stream";
const RENEW_MS = 2_000;
/** Hints that come together are followed together. */
const GATHER_MS = 400;

/**
 * Keeps every screen of this browser fresh: one tab listens to the server and passes on what it hears; when it closes,
 * another one takes over within a few seconds. What a hint means is asked for again, never taken from it.
 */
export function listen(): () => void {
  let source: EventSource | null = null;
  let gathered: Hint[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const follow = () => {
    timer = undefined;
    const keys = new Map(gathered.flatMap(keysOf).map((key) => [JSON.stringify(key), key]));
    gathered = [];
    for (const queryKey of keys.values()) void queryClient.invalidateQueries({ queryKey });
  };
  const heard = (hint: Hint) => {
    gathered.push(hint);
    timer ??= setTimeout(follow, GATHER_MS);
  };
  const open = () => {
    source = new EventSource("/api/stream");
    source.addEventListener("hint", (event) => {
      const hint = JSON.parse((event as MessageEvent<string>).data) as Hint;
      heard(hint);
      tellTabs({ kind: "hint", hint });
    });
  };
  const close = () => {
    source?.close();
    source = null;
  };
  const renew = () => {
    const held = readLease();
    if (!isFree(held, THIS_TAB, Date.now())) return close();
    writeLease({ tab: THIS_TAB, at: Date.now() });
    // A line that was refused stays closed: it is opened anew.
    if (source?.readyState === EventSource.CLOSED) close();
    if (source === null) open();
  };
  const deaf = hearTabs((word) => {
    if (word.kind === "hint") heard(word.hint);
  });
  const renewing = setInterval(renew, RENEW_MS);
  const leave = () => {
    close();
    if (readLease()?.tab === THIS_TAB) writeLease(null);
  };
  window.addEventListener("pagehide", leave);
  renew();
  return () => {
    clearInterval(renewing);
    clearTimeout(timer);
    window.removeEventListener("pagehide", leave);
    deaf();
    leave();
  };
}

function readLease(): Lease | null {
  try {
    const lease = JSON.parse(localStorage.getItem(LEASE_KEY) ?? "null") as Lease | null;
    return typeof lease?.tab === "string" && typeof lease.at === "number" ? lease : null;
  } catch {
    return null;
  }
}

/** A browser that keeps nothing lets every tab listen by itself. */
function writeLease(lease: Lease | null) {
  try {
    if (lease === null) localStorage.removeItem(LEASE_KEY);
    else localStorage.setItem(LEASE_KEY, JSON.stringify(lease));
  } catch {
    // Nothing is lost: the server serves each tab its own stream.
  }
}
