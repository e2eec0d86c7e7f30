// What is asked of every screen: a picture, no axe violation, nothing that sticks out sideways on a narrow phone.
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

const NARROW = 360;
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Takes the picture `<width>/<name>.png` and returns the faults that the screen shows. */
export async function lookAt(page, name, folder) {
  await settle(page);
  const { width, height } = page.viewportSize();
  const pictures = join(folder, String(width));
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  const faults = await violations(page, name);
  faults.push(...(await overflow(page, name, width)));
  if (width < 600) {
    await page.setViewportSize({ width: NARROW, height });
    faults.push(...(await overflow(page, name, NARROW)));
    await page.setViewportSize({ width, height });
  }
  return faults;
}

const QUIET_MS = 120;
const busy = new WeakMap();

/** The line over which the server tells what changed stays open. */
const STAYS_OPEN = "/api/stream";

/** Counts what the page asks for, so that `settle` knows when everything has come. */
export function watch(page) {
  const state = { open: 0, since: Date.now() };
  const turn = (step) => (request) => {
    if (new URL(request.url()).pathname === STAYS_OPEN) return;
    state.open += step;
    state.since = Date.now();
  };
  page.on("request", turn(1));
  page.on("requestfinished", turn(-1));
  page.on("requestfailed", turn(-1));
  busy.set(page, state);
}

/** Waits until nothing is loaded, shown as a skeleton or moving any more. */
export async function settle(page) {
  await page.waitForLoadState("load");
  await page.waitForFunction((word) => !document.querySelector(`[role="status"][aria-label="${word}"]`), "载入中");
  const { open, since } = busy.get(page);
  const left = open > 0 ? QUIET_MS : since + QUIET_MS - Date.now();
  if (left > 0) {
    await page.waitForTimeout(left);
    return settle(page);
  }
  await page.evaluate(async () => {
    await document.fonts.ready;
    const moving = document.getAnimations().filter((it) => it.effect?.getTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map((it) => it.finished));
  });
}

async function violations(page, name) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      resultTypes: ["violations"],
      elementRef: true,
    });
    // What lies behind a sheet cannot be pressed, and where the page was scrolled to makes it small or not.
    const sheet = '[role="dialog"][aria-modal="true"]';
    const behind = (node) => document.querySelector(sheet) !== null && !node.element?.closest(sheet);
    return violations.map(({ id, impact, nodes }) => {
      const left = id === "target-size" ? nodes.filter((node) => !behind(node)) : nodes;
      return { id, impact, where: left.map((node) => node.target.join(" ")) };
    });
  });
  return found
    .filter(({ where }) => where.length > 0)
    .map(({ id, impact, where }) => `${name}: axe ${id} (${impact}) at ${where.slice(0, 3).join(" | ")}`);
}

async function overflow(page, name, width) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const names = [...document.querySelectorAll("body *")]
      .filter((it) => it.getBoundingClientRect().right > room + 1)
      .slice(0, 3)
      .map((it) => `${it.tagName.toLowerCase()}.${String(it.className).split(" ")[0]}`);
    return { over: document.documentElement.scrollWidth - room, names };
  });
  return wide.over > 0 ? [`${name}: ${wide.over} px too wide at ${width}: ${wide.names.join(", ")}`] : [];
}
