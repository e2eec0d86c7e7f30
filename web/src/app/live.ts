import { queryClient } from "../api/queryClient";
import { type Hint, hearTabs, THIS_TAB, tellTabs } from "../parts/tabs";
import { isFree, keysOf, type Lease, lineFor, type Mark, spreadMs } from "./liveKeys";

const LEASE_KEY = "huxi.stream";
const MARK_KEY = "huxi.stream.mark";
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
    timer ??= setTimeout(follow, GATHER_MS + spreadMs(hint, Math.random()));
  };
  const pass = (hint: Hint) => {
    heard(hint);
    tellTabs({ kind: "hint", hint });
  };
  let first = true;
  const open = () => {
    const line = lineFor(read<Mark>(MARK_KEY), first, Date.now());
    first = false;
    if (line.everything) pass({ entity: "everything", id: 0, bell: true });
    source = new EventSource(line.address);
    source.addEventListener("hint", (event) => {
      const { data, lastEventId } = event as MessageEvent<string>;
      if (lastEventId !== "") write(MARK_KEY, { last: lastEventId, at: Date.now() });
      pass(JSON.parse(data) as Hint);
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
    if (source === null) return open();
    // What nothing came after is as fresh as the line.
    const mark = read<Mark>(MARK_KEY);
    if (mark && source.readyState === EventSource.OPEN) write(MARK_KEY, { ...mark, at: Date.now() });
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

function read<T>(key: string): Partial<T> | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Partial<T> | null;
  } catch {
    return null;
  }
}

function readLease(): Lease | null {
  const lease = read<Lease>(LEASE_KEY);
  return typeof lease?.tab === "string" && typeof lease.at === "number" ? (lease as Lease) : null;
}

const writeLease = (lease: Lease | null) => write(LEASE_KEY, lease);

/** A browser that keeps nothing lets every tab listen by itself. */
function write(key: string, value: unknown) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Nothing is lost: the server serves each tab its own stream.
  }
}
