// A wire to the database that can be cut: refused at once, or silent.
import net from "node:net";

/** Forwards a port of its own to `port`. `cut("refused")` breaks every connection, `cut("silent")` lets them hang. */
export async function openProxy(port) {
  let state = "open";
  const pairs = new Set();
  const server = net.createServer((near) => {
    if (state === "refused") return near.resetAndDestroy();
    const far = net.connect(port, "127.0.0.1");
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const one of [near, far]) {
      one.setNoDelay(true);
      one.on("error", end);
      one.on("close", end);
    }
    near.on("data", (bytes) => state === "silent" || far.write(bytes));
    far.on("data", (bytes) => state === "silent" || near.write(bytes));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const breakAll = () => {
    for (const { near, far } of pairs) {
      near.resetAndDestroy();
      far.destroy();
    }
  };
  return {
    port: server.address().port,
    cut(how) {
      state = how;
      if (how === "refused") breakAll();
    },
    /** What hung in silence has lost bytes: such connections break. */
    mend() {
      if (state === "silent") breakAll();
      state = "open";
    },
    close() {
      breakAll();
      server.close();
    },
  };
}
