const NAME = "huxi";
const SHELF = "kept";
/** Behind every key that begins alike. */
const LAST = "\uffff";

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
    request.onsuccess = () => {
      const base = request.result;
      // A browser that clears its store closes it beneath us: the next one opens it anew.
      base.onclose = () => {
        opened = undefined;
      };
      base.onversionchange = () => {
        base.close();
        opened = undefined;
      };
      done(base);
    };
    request.onerror = () => fail(request.error);
  }).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function run<T>(
  mode: IDBTransactionMode,
  act: (shelf: IDBObjectStore) => IDBRequest<T>,
): Promise<T | undefined> {
  try {
    const base = await open();
    return await new Promise<T>((done, fail) => {
      const request = act(base.transaction(SHELF, mode).objectStore(SHELF));
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  } catch {
    // A private window may forbid the store; the server still has every saved version.
    return undefined;
  }
}

/** What is kept on this device under `key`. */
export const readKept = <T>(key: string) => run<T>("readonly", (shelf) => shelf.get(key));

/** Everything kept under keys that begin with `prefix`. */
export const readKeptUnder = async <T>(prefix: string): Promise<T[]> =>
  (await run<T[]>("readonly", (shelf) => shelf.getAll(IDBKeyRange.bound(prefix, prefix + LAST)))) ?? [];

/** Keeps a value on this device, over reloads and crashes. */
export const keep = (key: string, value: unknown) => run("readwrite", (shelf) => shelf.put(value, key));

export const forget = (key: string) => run("readwrite", (shelf) => shelf.delete(key));

/** Forgets everything on this device. */
export const forgetAll = () => run("readwrite", (shelf) => shelf.clear());

/** Forgets everything but what is kept under keys that begin with `prefix`. */
export async function forgetAllBut(prefix: string) {
  await run("readwrite", (shelf) => shelf.delete(IDBKeyRange.upperBound(prefix, true)));
  await run("readwrite", (shelf) => shelf.delete(IDBKeyRange.lowerBound(prefix + LAST, true)));
}
