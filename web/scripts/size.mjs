// Checks what each entry costs over the wire (brotli, cold) against its budget, by Vite's manifest.
import { existsSync, readFileSync } from "node:fs";

const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));

/** Pages with the chunks that their first view loads, their budget in KiB, and in requests. */
const PAGES = [
  { name: "登录", chunks: ["index.html"], kib: 110, requests: 10 },
  { name: "验证页", chunks: ["index.html", "src/features/documents/VerifyPage.tsx"], kib: 130 },
  {
    name: "今天",
    chunks: ["index.html", "src/app/Shell.tsx", "src/features/insights/TodayPage.tsx"],
    kib: 150,
  },
  {
    name: "桌面首页",
    chunks: ["index.html", "src/app/Shell.tsx", "src/features/insights/TodayPage.tsx"],
    kib: 230,
  },
];
const LAZY_KIB = 190;

const bytesOf = (file) => {
  const path = `dist/${file}`;
  return readFileSync(existsSync(`${path}.br`) ? `${path}.br` : path).length;
};

function filesOf(keys, seen = new Set()) {
  const files = new Set();
  for (const key of keys) {
    if (seen.has(key)) continue;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the manifest has no ${key}`);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const file of filesOf(chunk.imports ?? [], seen)) files.add(file);
  }
  return files;
}

const kib = (bytes) => bytes / 1024;
const sum = (files) => [...files].reduce((total, file) => total + bytesOf(file), 0);
const html = bytesOf("index.html");
let failed = false;

function report(name, size, budget, requests, most) {
  const over = size > budget || (most !== undefined && requests > most);
  failed ||= over;
  console.log(
    `${over ? "OVER" : "ok  "} ${name}: ${size.toFixed(1)} of ${budget} KiB, ${requests} requests${most ? ` of ${most}` : ""}`,
  );
}

for (const page of PAGES) {
  const files = filesOf(page.chunks);
  report(page.name, kib(sum(files) + html), page.kib, files.size + 1, page.requests);
}
const entry = filesOf(["index.html"]);
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry) continue;
  const own = [...filesOf([key])].filter((file) => !entry.has(file));
  report(key, kib(sum(own)), LAZY_KIB, own.length);
}
if (failed) process.exit(1);
