// A price list as large as the largest that is promised: every product of the demo company at many quantity breaks.
import { priceList, read, send } from "./office.mjs";

const BATCH = 500;

/** A draft with at least `wanted` rows; gives back its id. */
export async function bigDraft(world, page, wanted) {
  const item = await priceList(page);
  const draft = await send(world, page, `/api/config/items/${item.id}/drafts`, { title: "大价目表" });
  const rows = (await read(page, `/api/config/drafts/${draft.id}/rows?limit=5000`)).items;
  const plain = rows.filter((row) => row.content?.product && !row.content.min_qty);
  const put = [];
  for (let step = 1; rows.length + put.length < wanted; step += 1) {
    for (const { content } of plain) {
      if (rows.length + put.length >= wanted) break;
      put.push({ key: null, content: { ...content, min_qty: String(step * 1000) } });
    }
  }
  let { version } = draft;
  for (let from = 0; from < put.length; from += BATCH) {
    const answer = await page.request.put(`/api/config/drafts/${draft.id}/rows`, {
      data: { put: put.slice(from, from + BATCH), delete: [] },
      headers: { "If-Match": `"${version}"`, Origin: world.program.base },
    });
    if (!answer.ok()) throw new Error(`rows: ${answer.status()} ${await answer.text()}`);
    version = (await answer.json()).draft.version;
  }
  return draft.id;
}
