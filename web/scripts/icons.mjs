// Draws the icons of the installed app from the product's own mark: `npm run icons` writes public/icons and favicon.svg.
import { mkdirSync, writeFileSync } from "node:fs";
import { deflateSync } from "node:zlib";

const BRAND = [0x0f, 0x6b, 0x5c];
/** The mark of `Mark.tsx`, in a square of 64: one breath in, one out. */
const BREATH = [
  [13, 33, 19.5, 18, 25.5, 18, 32, 33],
  [32, 33, 38.5, 48, 44.5, 48, 51, 33],
];
const STROKE = 5.5;
const CORNER = 17;
const FINE = 4;

/** `bleed`: to the edge, with the mark inside the circle that a launcher may cut out. */
const ICONS = [
  { name: "icon-192.png", size: 192 },
  { name: "icon-512.png", size: 512 },
  { name: "maskable-512.png", size: 512, bleed: true },
  { name: "apple-180.png", size: 180, bleed: true },
];

const points = BREATH.flatMap(([x0, y0, x1, y1, x2, y2, x3, y3]) =>
  Array.from({ length: 201 }, (_, step) => {
    const t = step / 200;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
    return [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3];
  }),
);

const onBreath = (x, y) => points.some(([px, py]) => (x - px) ** 2 + (y - py) ** 2 <= (STROKE / 2) ** 2);

function inSquare(x, y) {
  const off = (at) => Math.max(CORNER - at, at - (64 - CORNER), 0);
  return off(x) ** 2 + off(y) ** 2 <= CORNER ** 2;
}

/** Red, green, blue and opacity of one point of the picture, each 0 to 1. */
function shade(x, y, bleed) {
  const scale = bleed ? 0.82 : 1;
  const [mx, my] = [32 + (x - 32) / scale, 32 + (y - 32) / scale];
  if (onBreath(mx, my)) return [1, 1, 1, 1];
  if (bleed || inSquare(x, y)) return [...BRAND.map((part) => part / 255), 1];
  return [0, 0, 0, 0];
}

function pixels({ size, bleed = false }) {
  const rows = [];
  for (let row = 0; row < size; row += 1) {
    rows.push(0);
    for (let column = 0; column < size; column += 1) {
      const sum = [0, 0, 0, 0];
      for (let fine = 0; fine < FINE * FINE; fine += 1) {
        const at = (whole, part) => ((whole + (part + 0.5) / FINE) * 64) / size;
        const [r, g, b, a] = shade(at(column, fine % FINE), at(row, Math.floor(fine / FINE)), bleed);
        for (const [place, part] of [r * a, g * a, b * a, a].entries()) sum[place] += part;
      }
      const opacity = sum[3] || 1;
      for (const part of sum.slice(0, 3)) rows.push(Math.round((part / opacity) * 255));
      rows.push(Math.round((sum[3] / FINE ** 2) * 255));
    }
  }
  return Buffer.from(rows);
}

const TABLE = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes) =>
  (bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, check]);
}

function png(icon) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(icon.size, 0);
  head.writeUInt32BE(icon.size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = deflateSync(pixels(icon), { level: 9 });
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

mkdirSync("public/icons", { recursive: true });
for (const icon of ICONS) writeFileSync(`public/icons/${icon.name}`, png(icon));
const path = BREATH.map(
  ([x0, y0, ...rest], at) => `${at === 0 ? `M${x0} ${y0}` : ""}C${rest.join(" ")}`,
).join("");
writeFileSync(
  "public/favicon.svg",
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="${CORNER}" fill="#0F6B5C"/>` +
    `<path d="${path}" fill="none" stroke="#fff" stroke-width="${STROKE}" stroke-linecap="round"/></svg>\n`,
);
