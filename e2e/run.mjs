// Runs the stories in a real browser against a demo company of its own, and ends with `N passed, N failed`.
// node e2e/run.mjs --program target/debug/huxi [--only words of a story's name] [--browser /usr/bin/chromium]
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { startProgram } from "./lib/program.mjs";
import { World } from "./lib/world.mjs";
import { stories } from "./stories/all.mjs";

const STORY_WITHIN_MS = 600_000;

const { values: given } = parseArgs({
  options: {
    program: { type: "string", default: "target/debug/huxi" },
    browser: { type: "string", default: "/usr/bin/chromium" },
    only: { type: "string" },
  },
});

const here = dirname(fileURLToPath(import.meta.url));
const pictures = join(here, "pictures");

for (const needed of [given.program, given.browser]) {
  if (!existsSync(needed)) {
    console.error(`${needed} is not there`);
    process.exit(2);
  }
}

const chosen = stories.filter((story) => given.only === undefined || story.name.includes(given.only));
if (chosen.length === 0) {
  console.error("no story has such a name");
  process.exit(2);
}
if (given.only === undefined) await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });

const program = await startProgram(resolve(given.program));
console.log(`demo company ready after ${(program.readyAfterMs / 1000).toFixed(1)} s at ${program.base}`);
const browser = await chromium.launch({ executablePath: given.browser, args: ["--no-sandbox"] });

let passed = 0;
let failed = 0;
try {
  for (const story of chosen) {
    const faults = await tell(story);
    if (faults.length === 0) passed += 1;
    else failed += 1;
  }
} finally {
  await browser.close();
  await program.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Runs one story and prints how it went; its faults come back. */
async function tell(story) {
  const world = new World({ program, browser, pictures });
  const began = Date.now();
  try {
    await within(story.run(world), STORY_WITHIN_MS);
  } catch (error) {
    world.faults.push(error.stack ?? String(error));
    await keepLastPicture(world, story);
  }
  await world.close();
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${world.faults.length === 0 ? "ok    " : "FAILED"} ${seconds.padStart(6)} s  ${story.name}`);
  for (const fault of world.faults) console.log(`         ${fault.replaceAll("\n", "\n         ")}`);
  return world.faults;
}

async function keepLastPicture(world, story) {
  const pages = world.open.flatMap((context) => context.pages());
  for (const [at, page] of pages.entries()) {
    const path = join(pictures, "failed", `${story.name.replaceAll(/\W+/g, "-")}-${at}.png`);
    await page.screenshot({ path }).catch(() => {});
  }
}

async function within(work, ms) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${ms / 1000} s`)), ms);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
