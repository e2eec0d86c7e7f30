/** What the bundler tells about one module. */
interface ModuleFacts {
  importedIds: readonly string[];
}

interface Graph {
  getModuleInfo(id: string): ModuleFacts | null;
}

const KIT = /node_modules\/(@mantine|@floating-ui)\//;
/** Editors and words of a few pages: they come with the pages that need them. */
const OF_ONE_PAGE =
  /\/kinds\/config\/[^/]+\/.*Editor|\/text\/(prices|share|quick|lists|templates|imports|documents|kept|scan|rules|tasks)\./;
const ENTRY = "/src/main.tsx";
/** What strangers open, from a paper in their hand: it loads nothing that only those who sign in need. */
const OPEN_PAGES = ["/src/features/documents/VerifyPage.tsx"];
/** What comes first after signing in: it waits for nothing that only later pages need. */
const FIRST_PAGES = ["/src/app/Shell.tsx", "/src/features/insights/TodayPage.tsx"];

/** Pages of the few who look after the company: one file for all, so that the entry has fewer to name. */
const OF_ADMINISTRATORS =
  /\/src\/features\/(webhooks\/|access\/(Backups|Key|NewKey|Audit|Rights|Org|ApiDocs))/;

/** What the sign-in shares with nearly every page, in one file: its words, and what the bundler itself puts in. */
const SHARED_BY_ALL =
  /\/src\/(text\/base|api\/(client|problem)|parts\/(Listeners|toast|format|Icon))\.|runtime@[^/]*\/helpers\//;
/** What reads for the sign-in and for every page after it. */
const READING =
  /@tanstack\/(query-core|react-query)\/.*\/(removable|query|queryOptions|useQuery|useBaseQuery|QueryClientProvider|queryObserver|subscribable|focusManager|onlineManager|notifyManager|retryer|utils|timeoutManager|thenable|environmentManager|infiniteQueryBehavior|suspense)\./;

const isEntry = (id: string) => id.split("?")[0]?.endsWith(ENTRY) ?? false;

function reachable(from: string, graph: Graph): Set<string> {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...(graph.getModuleInfo(id)?.importedIds ?? []));
  }
  return seen;
}

/**
 * Names the chunk of a shared piece, so that a page is a few files and not forty:
 * what the sign-in needs stays with the entry, what strangers' pages need goes together, what the first page needs
 * does, the other light parts do, and those that bring the component kit too.
 */
export function chunkNamer() {
  let entry: Set<string> | undefined;
  let open: Set<string> | undefined;
  let first: Set<string> | undefined;
  return (id: string, graph: Graph): string | null => {
    if (SHARED_BY_ALL.test(id) || READING.test(id)) return "base";
    if (OF_ADMINISTRATORS.test(id)) return "administration";
    if (!/\/src\/(parts|text|api|kinds)\//.test(id) || OF_ONE_PAGE.test(id)) return null;
    entry ??= reachable(id.slice(0, id.indexOf("/src/")) + ENTRY, graph);
    if (entry.has(id) || isEntry(id)) return null;
    const root = id.slice(0, id.indexOf("/src/"));
    const neededBy = (pages: string[]) =>
      new Set(pages.flatMap((page) => [...reachable(root + page, graph)]));
    open ??= neededBy(OPEN_PAGES);
    first ??= neededBy(FIRST_PAGES);
    const needs = reachable(id, graph);
    const heavy = [...needs].some((one) => KIT.test(one));
    if (/DayInput|dates/.test(id) || /kinds\//.test(id)) return null;
    if (heavy) return "panels";
    if (open.has(id)) return "open";
    return first.has(id) ? "parts" : "pieces";
  };
}
