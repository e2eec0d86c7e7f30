import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";

const publicFile = (name: string) => readFileSync(join(process.cwd(), "public", name));
const manifest = JSON.parse(publicFile("manifest.webmanifest").toString()) as {
  name: string;
  lang: string;
  display: string;
  start_url: string;
  icons: { src: string; sizes: string; type: string; purpose?: string }[];
};

it("is installed under its name, as an app of its own, in Chinese", () => {
  const { name, lang, display, start_url } = manifest;
  expect({ name, lang, display, start_url }).toEqual({
    name: "呼吸",
    lang: "zh-CN",
    display: "standalone",
    start_url: "/",
  });
});

it("has icons that are as large as the manifest says, one of them for launchers that cut", () => {
  const pictures = manifest.icons.filter(({ type }) => type === "image/png");
  for (const { src, sizes } of pictures) {
    const bytes = publicFile(src.slice(1));
    expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, src).toBe(sizes);
  }
  expect(pictures.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
    "192x192 any",
    "512x512 any",
    "512x512 maskable",
  ]);
});

interface Answered {
  path: string;
  mode?: string;
  method?: string;
}

/** The worker in a world of its own, with a network that can be cut. */
function worker() {
  const handlers: Record<string, (event: unknown) => void> = {};
  const kept = new Map<string, Response>();
  const shelf = {
    add: async () => void kept.set("/offline.html", new Response("offline")),
    match: async (asked: string | { url: string }) =>
      kept.get(typeof asked === "string" ? asked : new URL(asked.url).pathname)?.clone(),
    put: async (asked: { url: string }, answer: Response) =>
      void kept.set(new URL(asked.url).pathname, answer),
  };
  const shelves = ["huxi-older", "huxi-unbuilt", "another"];
  const caches = {
    open: async () => shelf,
    keys: async () => shelves,
    delete: async (name: string) => shelves.splice(shelves.indexOf(name), 1).length > 0,
  };
  const network = vi.fn(async (_: unknown) => new Response("sent"));
  const self = {
    location: { origin: "https://huxi.test" },
    skipWaiting: vi.fn(),
    addEventListener: (name: string, act: (event: unknown) => void) => {
      handlers[name] = act;
    },
  };
  const run = new Function("self", "caches", "fetch", "Request", publicFile("sw.js").toString());
  run(self, caches, network, class {});
  const tell = async (name: string) => {
    let done: Promise<unknown> | undefined;
    handlers[name]?.({ waitUntil: (work: Promise<unknown>) => (done = work) });
    await done;
  };
  const ask = async ({ path, mode = "cors", method = "GET" }: Answered) => {
    let answer: Promise<Response> | undefined;
    const request = { url: `https://huxi.test${path}`, mode, method };
    handlers.fetch?.({ request, respondWith: (given: Promise<Response>) => (answer = given) });
    return answer === undefined ? "left to the browser" : (await answer).text();
  };
  return { tell, ask, network, kept, shelves };
}

it("never touches the interface, nor anything that changes something", async () => {
  const { ask, network } = worker();
  for (const asked of [
    { path: "/api/me" },
    { path: "/api/quotes/7/pdf", mode: "navigate" },
    { path: "/api" },
    { path: "/assets/a.js", method: "POST" },
    { path: "/manifest.webmanifest" },
  ])
    expect(await ask(asked)).toBe("left to the browser");
  expect(network).not.toHaveBeenCalled();
});

it("keeps parts with a hash in their name, asks the server for every page, and says when there is none", async () => {
  const { tell, ask, network, kept } = worker();
  await tell("install");
  expect(await ask({ path: "/assets/a-1.js" })).toBe("sent");
  expect(await ask({ path: "/quotes", mode: "navigate" })).toBe("sent");
  expect([...kept.keys()]).toEqual(["/offline.html", "/assets/a-1.js"]);
  network.mockRejectedValue(new TypeError("no network"));
  expect(await ask({ path: "/assets/a-1.js" })).toBe("sent");
  expect(await ask({ path: "/quotes", mode: "navigate" })).toBe("offline");
});

it("clears what an older version kept, and nothing of others", async () => {
  const { tell, shelves } = worker();
  await tell("activate");
  expect(shelves).toEqual(["huxi-unbuilt", "another"]);
});

it("says in Chinese that there is no network, without a script", () => {
  const page = publicFile("offline.html").toString();
  expect(page).toContain('lang="zh-CN"');
  expect(page).toContain("连不上服务器");
  expect(page).not.toContain("<script");
});
