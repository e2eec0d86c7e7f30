/** What the bundler tells about one module. */
interface ModuleFacts {
  importedIds: readonly string[];
}

interface Graph {
  getModuleInfo(id: string): ModuleFacts | null;
}

const KIT = /node_modules\/(@mantine|@floating-ui)\//;
/** Editors and words of a few pages: they come with the pages that need them. */
const OF_ONE_PAGE = /\/kinds\/config\/[^/]+\/.*Editor|\/text\/(prices|share|quick)\./;
const ENTRY = "/src/main.tsx";

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
 * what the sign-in needs stays with the entry, light parts go together, and those that bring the component kit too.
 */
export function chunkNamer() {
  let entry: Set<string> | undefined;
  return (id: string, graph: Graph): string | null => {
    if (!/\/src\/(parts|text|api|kinds)\//.test(id) || OF_ONE_PAGE.test(id)) return null;
    entry ??= reachable(id.slice(0, id.indexOf("/src/")) + ENTRY, graph);
    if (entry.has(id) || isEntry(id)) return null;
    const needs = reachable(id, graph);
    const heavy = [...needs].some((one) => KIT.test(one));
    if (/DayInput|dates/.test(id) || /kinds\//.test(id)) return null;
    return heavy ? "panels" : "parts";
  };
}
