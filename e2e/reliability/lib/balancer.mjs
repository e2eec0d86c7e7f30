// A small balancer: each request to the next server that takes connections, and on request one connection in ten dropped.
import http from "node:http";

/**
 * Spreads requests over `targets` (ports; changed at will). A server that refuses the connection is passed over, as every
 * balancer does; nothing that was sent is ever sent twice. With `dropEvery` each nth connection is broken: in turn before
 * the request goes on, and after it was carried out.
 */
export async function openBalancer(targets, { dropEvery = 0 } = {}) {
  const balancer = { targets: [...targets], dropEvery, dropped: 0, requests: 0, passedOver: 0, failed: [] };
  let turn = 0;
  const handle = (request, response) => {
    balancer.requests += 1;
    const drops = balancer.dropEvery > 0 && balancer.requests % balancer.dropEvery === 0;
    if (drops) balancer.dropped += 1;
    const early = drops && balancer.dropped % 2 === 0;
    if (early) return request.socket.resetAndDestroy();
    const parts = [];
    request.on("data", (part) => parts.push(part));
    turn += 1;
    const first = turn % balancer.targets.length;
    const order = [...balancer.targets.slice(first), ...balancer.targets.slice(0, first)];
    request.on("end", () => forward(request, response, Buffer.concat(parts), drops, order));
  };
  const forward = (request, response, body, drops, [port, ...others]) => {
    const options = {
      host: "127.0.0.1",
      port,
      method: request.method,
      path: request.url,
      headers: { ...request.headers, connection: "close" },
      agent: false,
    };
    const onward = http.request(options, (answer) => {
      if (drops) {
        answer.resume();
        answer.on("end", () => request.socket.resetAndDestroy());
        return;
      }
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
      answer.on("error", (error) => lose(request, `${port}: ${error.message}`));
      answer.on("aborted", () => lose(request, `${port}: the answer broke off`));
    });
    onward.on("error", (error) => {
      if (error.code === "ECONNREFUSED" && others.length > 0) {
        balancer.passedOver += 1;
        return forward(request, response, body, drops, others);
      }
      lose(request, `${request.method} ${request.url} at ${port}: ${error.message}`);
    });
    onward.end(body);
  };
  const lose = (request, why) => {
    balancer.failed.push(why);
    request.socket.resetAndDestroy();
  };
  const server = http.createServer({ keepAliveTimeout: 60_000 }, handle);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  balancer.base = `http://127.0.0.1:${server.address().port}`;
  balancer.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return balancer;
}
