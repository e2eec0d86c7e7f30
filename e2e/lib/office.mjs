// What the stories take for granted: done through the API, as the screens would, without looking at them.

/** Reads JSON as the person of `page`. */
export async function read(page, path) {
  const answer = await page.request.get(path);
  if (!answer.ok()) throw new Error(`GET ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/** Sends JSON as the person of `page`; anything but success is an error. */
export async function send(world, page, path, body, headers) {
  const answer = await world.post(page, path, body, headers);
  if (!answer.ok()) throw new Error(`POST ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

/** The first `count` products that can be sold now. */
export async function sellable(page, count) {
  const found = [];
  let after = "";
  while (found.length < count) {
    const list = await read(page, `/api/products?limit=100${after}`);
    found.push(...list.items.filter((it) => it.price !== null));
    if (list.next === null) break;
    after = `&after=${encodeURIComponent(list.next)}`;
  }
  if (found.length < count) throw new Error(`only ${found.length} products have a price`);
  return found.slice(0, count);
}

/** A customer whom the person of `page` sees. */
export async function customer(page) {
  const [first] = (await read(page, "/api/customers?limit=1")).items;
  if (!first) throw new Error("no customer in sight");
  return first;
}

/** A draft with one line of each product. */
export async function draft(world, page, customerId, products, qty = "10") {
  const lines = products.map((product, at) => ({
    id: `line-${at + 1}`,
    product_id: product.id,
    qty,
    unit: product.base_unit,
  }));
  return send(world, page, "/api/quotes", { customer_id: customerId, lines });
}

/** A quotation that has been issued. */
export async function issued(world, page, customerId, products, qty) {
  const made = await draft(world, page, customerId, products, qty);
  return send(world, page, `/api/quotes/${made.id}/issue`, { expected_net: made.totals.net });
}

/** Puts rows into a draft of configuration that nobody else has changed since it was read. */
export async function putRows(world, page, draft, rows) {
  const path = `/api/config/drafts/${draft.id}/rows`;
  const headers = { "If-Match": `"${draft.version}"`, Origin: world.program.base };
  const answer = await page.request.put(path, { data: { put: rows, delete: [] }, headers });
  if (!answer.ok()) throw new Error(`PUT ${path}: ${answer.status()} ${await answer.text()}`);
}

/** The price list of HQ. */
export async function priceList(page) {
  const [item] = (await read(page, "/api/config/items?kind=price_list")).items;
  if (!item) throw new Error("there is no price list");
  return item;
}

/**
 * HQ publishes other prices for these products: the factor is in percent of what they cost now. One person drafts and
 * submits, another confirms and publishes. With `voids` the revision in force is withdrawn by the same release.
 */
export async function publishPrices(world, author, second, products, percent, { voids = false } = {}) {
  const item = await priceList(author);
  const made = await send(world, author, `/api/config/items/${item.id}/drafts`, { title: "调价" });
  const rows = (await read(author, `/api/config/drafts/${made.id}/rows?limit=5000`)).items;
  const put = rows
    .filter((row) => products.some((product) => row.content?.product === product.id))
    .map((row) => ({ key: row.key, content: { ...row.content, price: scaled(row.content.price, percent) } }));
  const saved = await author.request.put(`/api/config/drafts/${made.id}/rows`, {
    data: { put, delete: [] },
    headers: { "If-Match": `"${made.version}"`, Origin: world.program.base },
  });
  if (!saved.ok()) throw new Error(`rows: ${saved.status()} ${await saved.text()}`);
  await send(world, author, `/api/config/drafts/${made.id}/submit`, {
    effective_at: null,
    note: "原料涨价",
    ...(voids ? { voids: item.in_force.n } : {}),
  });
  return bringOut(world, second, made.id);
}

/** The second person confirms and publishes, having seen whatever stands out in the draft. */
export async function bringOut(world, second, draftId) {
  const { mark } = (await read(second, `/api/config/drafts/${draftId}/checks`)).risks;
  const seen = mark === null ? {} : { seen: mark };
  await send(world, second, `/api/config/drafts/${draftId}/confirm`, seen);
  return send(world, second, `/api/config/drafts/${draftId}/publish`, seen);
}

/** A price in percent of what it was, to the fen; exact in whole fen. */
function scaled(price, percent) {
  const fen = BigInt(Math.round(Number(price) * 100));
  const after = (fen * BigInt(percent) + 50n) / 100n;
  return `${after / 100n}.${String(after % 100n).padStart(2, "0")}`;
}
