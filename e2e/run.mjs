// Runs the stories in a real browser, several chains of them at once, and ends with `N passed, N failed`. Each chain has
// a demo company and a browser of its own, so that it finds the same however many are told beside it.
// node e2e/run.mjs --program target/debug/huxi [--only words of a story's name] [--at-once 2] [--browser /usr/bin/chromium]
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { startProgram } from "./lib/program.mjs";
import { World } from "./lib/world.mjs";
import { chains } from "./stories/all.mjs";

const STORY_WITHIN_MS = 900_000;

const { values: given } = parseArgs({
  options: {
    program: { type: "string", default: "target/debug/huxi" },
    browser: { type: "string", default: "/usr/bin/chromium" },
    only: { type: "string" },
    "at-once": { type: "string", default: String(availableParallelism()) },
  },
});

function refuse(why) {
  console.error(why);
  process.exit(2);
}

const here = dirname(fileURLToPath(import.meta.url));
const pictures = join(here, "pictures");

for (const needed of [given.program, given.browser]) {
  if (!existsSync(needed)) refuse(`${needed} is not there`);
}
const atOnce = Number(given["at-once"]);
if (!Number.isInteger(atOnce) || atOnce < 1) refuse("--at-once: how many chains, a whole number from 1");

const isChosen = (story) => given.only === undefined || story.name.includes(given.only);
const waiting = chains.map((chain) => chain.filter(isChosen)).filter((chain) => chain.length > 0);
if (waiting.length === 0) refuse("no story has such a name");
if (given.only === undefined) await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });

let passed = 0;
let failed = 0;
const broken = [];

await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, tellWhatWaits));
if (broken.length > 0) console.log(`\nWhat failed:\n${broken.join("\n")}\n`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Tells chain after chain, until none waits. */
async function tellWhatWaits() {
  for (let chain = waiting.shift(); chain !== undefined; chain = waiting.shift()) {
    const untold = [...chain];
    try {
      await tellChain(untold);
    } catch (error) {
      // Neither the program nor the browser may end in between; what was not told for it has failed.
      failed += Math.max(1, untold.length);
      keep(block("FAILED", 0, `the chain of «${chain[0].name}», ${untold.length} not told`, [told(error)]));
    }
  }
}

/** Tells the stories of one chain one after the other; each leaves `untold` when it is told. */
async function tellChain(untold) {
  const program = await startProgram(resolve(given.program));
  try {
    const ready = (program.readyAfterMs / 1000).toFixed(1);
    console.log(`demo company ready after ${ready} s at ${program.base}, for ${untold.length} stories`);
    const browser = await chromium.launch({ executablePath: given.browser, args: ["--no-sandbox"] });
    try {
      while (untold.length > 0) {
        await tell(untold[0], program, browser);
        untold.shift();
      }
    } finally {
      await browser.close();
    }
  } finally {
    await program.stop();
  }
}

/** Runs one story and prints how it went, in one piece. */
async function tell(story, program, browser) {
  const world = new World({ program, browser, pictures });
  const began = Date.now();
  try {
    await within(story.run(world), STORY_WITHIN_MS);
  } catch (error) {
    world.faults.push(told(error));
    await keepLastPicture(world, story);
  }
  await world.close();
  const whole = world.faults.length === 0;
  const words = block(whole ? "ok    " : "FAILED", Date.now() - began, story.name, [...world.said, ...world.faults]);
  if (whole) {
    passed += 1;
    console.log(words);
  } else {
    failed += 1;
    keep(words);
  }
}

/** Prints what failed, now and once more at the end. */
function keep(words) {
  broken.push(words);
  console.log(words);
}

function told(error) {
  return error.stack ?? String(error);
}

/** A line, and beneath it what belongs to it. */
function block(mark, ms, name, beneath) {
  const lines = beneath.map((text) => `\n         ${text.replaceAll("\n", "\n         ")}`);
  return `${mark} ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}${lines.join("")}`;
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
