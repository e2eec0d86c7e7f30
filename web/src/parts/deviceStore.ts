const NAME = "huxi";
const SHELF = "kept";

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
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

/** Keeps a value on this device, over reloads and crashes. */
export const keep = (key: string, value: unknown) => run("readwrite", (shelf) => shelf.put(value, key));

export const forget = (key: string) => run("readwrite", (shelf) => shelf.delete(key));
