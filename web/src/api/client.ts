import createClient from "openapi-fetch";
import { randomKey } from "./ids";
import { offlineProblem, Problem, problemFrom, unansweredProblem } from "./problem";
import type { paths } from "./schema";
import type { Sent, StoredFile } from "./types";

const RETRIES = 2;
const RETRY_AFTER_MS = 400;
/** A first request that is still being carried out answers within a minute; the server itself waits some seconds. */
const RUNNING_ASKED = 25;
const RUNNING_AGAIN_MS = 1000;

let onSignedOut: () => void = () => {};

/** Called when the server says that nobody is signed in any more. */
export function whenSignedOut(act: () => void) {
  onSignedOut = act;
}

/** Nobody is signed in any more: another tab said so, or the server. */
export const signedOut = () => onSignedOut();

let onViewingOver: () => void = () => {};

/** Called when the account that one looks through was locked meanwhile. */
export function whenViewingOver(act: () => void) {
  onViewingOver = act;
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/**
 * Changes that the server does not know again by their key (`WITHOUT_KEY` in `crates/server/src/http/once.rs`; `cargo xtask
 * tidy` compares both lists), and what a second one does: harm, or none.
 */
const WITHOUT_KEY: Partial<Record<keyof paths, "harm" | "none">> = {
  "/api/session": "none",
  "/api/setup": "harm",
  "/api/quotes/price": "none",
  "/api/quotes/paste": "none",
  "/api/activity": "none",
  "/api/keys": "harm",
  "/api/webhooks": "harm",
  "/api/webhooks/{id}/secret": "harm",
  "/api/quotes/{id}/shares": "harm",
  "/api/quotes/{id}/shares/{share}/code": "none",
  "/api/public/shares/{token}/views": "none",
  "/api/public/shares/{token}/accept": "harm",
};
const DONE_TWICE = Object.entries(WITHOUT_KEY)
  .filter(([, second]) => second === "harm")
  .map(([path]) => new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`));

/** Whether it would be done a second time when it is sent again. */
const isDoneTwice = ({ method, url }: Request) =>
  method !== "GET" && DONE_TWICE.some((path) => path.test(new URL(url).pathname));

/**
 * A request whose repetition is harmless (read, or a change that the server knows again by its key) is sent again when the
 * network drops it, and asked for again while the first one is still being carried out, or while the server does not know
 * what became of it: its answer comes by itself. Of what would be done twice it is said that nobody knows whether it was.
 */
export async function steadyFetch(request: Request): Promise<Response> {
  const twice = isDoneTwice(request);
  const harmless = request.method === "GET" || (request.headers.has("Idempotency-Key") && !twice);
  let running = 0;
  for (let attempt = 0; ; attempt += 1) {
    // Without any network it is not even sent.
    const away = !navigator.onLine;
    try {
      const response = await fetch(request.clone());
      if (attempt < RETRIES && (await mayTellAgain(response))) {
        await wait(RETRY_AFTER_MS * (attempt + 1));
        continue;
      }
      if (running >= RUNNING_ASKED || !(await isStillRunning(response))) return response;
      running += 1;
      attempt = -1;
      await wait(RUNNING_AGAIN_MS);
    } catch (error) {
      if (request.signal.aborted) throw error;
      if (twice && !away) throw unansweredProblem();
      if (!harmless || attempt >= RETRIES) throw offlineProblem();
      await wait(RETRY_AFTER_MS * (attempt + 1));
    }
  }
}

/** The server lost its database and does not know whether it saved; the same request under its key finds out. */
async function mayTellAgain(response: Response): Promise<boolean> {
  if (response.status !== 503) return false;
  const { code, facts } = problemFrom(503, parsed(await response.clone().text()));
  return code === "commit_unknown" && facts.same_key_again === true;
}

async function isStillRunning(response: Response): Promise<boolean> {
  if (response.status !== 409) return false;
  const body = parsed(await response.clone().text());
  return typeof body === "object" && body !== null && "code" in body && body.code === "still_running";
}

/** The interface, with the headers that this file and `ifMatch` put in left out of what callers must write. */
type Called = {
  [Path in keyof paths]: {
    [Method in keyof paths[Path]]: paths[Path][Method] extends { parameters: infer Needs }
      ? Omit<paths[Path][Method], "parameters"> & { parameters: Omit<Needs, "header"> & { header?: never } }
      : paths[Path][Method];
  };
};

export const client = createClient<Called>({ fetch: steadyFetch, credentials: "same-origin" });

client.use({
  onRequest({ request }) {
    if (request.method !== "GET" && !request.headers.has("Idempotency-Key")) {
      request.headers.set("Idempotency-Key", randomKey());
    }
    return request;
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's body, or the server's refusal thrown as a `Problem`. */
export async function read<T>(answer: Promise<Answer<T>>): Promise<Sent<T>> {
  const { data, error, response } = await answer;
  if (response.ok) return data as Sent<T>;
  if (response.status === 401 && !response.url.endsWith("/api/session")) onSignedOut();
  const problem = problemFrom(response.status, error);
  if (problem.code === "viewing_over") onViewingOver();
  throw problem;
}

/** The header that makes an edit refuse when somebody else was first. */
export const ifMatch = (version: number) => ({ headers: { "If-Match": `"${version}"` } });

/** Stores a file and gives its name by content; `progress` is told the share sent, 0 to 1. */
export function uploadFile(file: File, progress: (share: number) => void): Promise<StoredFile> {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/files");
    request.setRequestHeader("X-File-Name", encodeURIComponent(file.name));
    request.setRequestHeader("Idempotency-Key", randomKey());
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => progress(event.total > 0 ? event.loaded / event.total : 0);
    request.onerror = () => fail(offlineProblem());
    request.onload = () => {
      const body = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) done(body as StoredFile);
      else fail(problemFrom(request.status, body));
    };
    request.send(file);
  });
}

/** A file behind an address, as the browser's own file object, ready to be shared. */
export async function fetchFile(address: string, name: string): Promise<File> {
  const response = await steadyFetch(new Request(address, { credentials: "same-origin" }));
  if (!response.ok) throw problemFrom(response.status, parsed(await response.text()));
  const blob = await response.blob();
  return new File([blob], name, { type: blob.type });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export { Problem };
