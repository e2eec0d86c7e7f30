// A camera of its own for a browser: a film of barcodes that we draw ourselves, so that the real reader reads them.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_A_SECOND = 5;
/** How long each code, and the empty table, is in sight. */
export const SECONDS_EACH = 3;
const WHITE = 235;
const BLACK = 16;
const GREY = 128;
const MODULE_PIXELS = 4;

const LEFT = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"];
const PARITY = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"];

const flipped = (bars) => [...bars].map((bar) => (bar === "0" ? "1" : "0")).join("");
const mirrored = (bars) => [...bars].reverse().join("");

/** The bars of an EAN-13, 1 for dark, 95 modules. */
export function ean13(code) {
  const digits = [...code].map(Number);
  const parity = PARITY[digits[0]];
  const left = digits.slice(1, 7).map((digit, at) => {
    const bars = LEFT[digit];
    return parity[at] === "L" ? bars : mirrored(flipped(bars));
  });
  const right = digits.slice(7).map((digit) => flipped(LEFT[digit]));
  return `101${left.join("")}01010${right.join("")}101`;
}

/** One picture: the code in the middle of a white label, or an empty table. */
function frame(code) {
  const light = Buffer.alloc(WIDTH * HEIGHT, WHITE);
  const bars = code === null ? "" : ean13(code);
  const from = Math.floor((WIDTH - bars.length * MODULE_PIXELS) / 2);
  for (const [at, bar] of [...bars].entries()) {
    if (bar === "0") continue;
    for (let y = 120; y < 360; y += 1) {
      const start = y * WIDTH + from + at * MODULE_PIXELS;
      light.fill(BLACK, start, start + MODULE_PIXELS);
    }
  }
  return Buffer.concat([Buffer.from("FRAME\n"), light, Buffer.alloc((WIDTH * HEIGHT) / 2, GREY)]);
}

/** A browser whose camera sees these codes for some seconds each, again and again; null is an empty table. */
export async function browserThatSees(codes, folder, executablePath = "/usr/bin/chromium") {
  const film = join(folder, `film-${codes.join("-")}.y4m`);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`);
  const frames = codes.flatMap((code) => Array(FRAMES_A_SECOND * SECONDS_EACH).fill(frame(code)));
  await writeFile(film, Buffer.concat([head, ...frames]));
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ],
  });
}
