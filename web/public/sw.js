// Keeps the parts of this build that carry a hash in their name, and one page that says there is no network.
// It never touches the interface: no answer of the server is kept, none is made up.
const BUILD = "unbuilt";
const SHELF = `huxi-${BUILD}`;
const OFFLINE = "/offline.html";

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELF).then((shelf) => shelf.add(new Request(OFFLINE, { cache: "reload" }))));
});

self.addEventListener("activate", (event) => {
  const others = (names) => names.filter((name) => name.startsWith("huxi-") && name !== SHELF);
  event.waitUntil(
    caches.keys().then((names) => Promise.all(others(names).map((name) => caches.delete(name)))),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === "/api" || pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => offline()));
  else if (pathname.startsWith("/assets/")) event.respondWith(part(request));
});

async function offline() {
  const shelf = await caches.open(SHELF);
  return (await shelf.match(OFFLINE)) ?? Response.error();
}

/** A part never changes under its name: what is kept is what the server would send. */
async function part(request) {
  const shelf = await caches.open(SHELF);
  const kept = await shelf.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  // A full disk of the browser costs the keeping, not the answer.
  if (answer.status === 200) shelf.put(request, answer.clone()).catch(() => {});
  return answer;
}
