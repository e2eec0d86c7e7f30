/** Those who are told that something changed; `subscribe` is what `useSyncExternalStore` asks for. */
export class Listeners {
  private readonly all = new Set<() => void>();

  subscribe = (tell: () => void) => {
    this.all.add(tell);
    return () => void this.all.delete(tell);
  };

  /** Tells each; one that leaves while it is told does not disturb the others. */
  tell() {
    for (const tell of [...this.all]) tell();
  }
}
