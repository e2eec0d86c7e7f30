// Names the build in the service worker: other parts make another worker, and so browsers notice a new version.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const WORKER = "dist/sw.js";
const UNBUILT = 'const BUILD = "unbuilt";';

const text = readFileSync(WORKER, "utf8");
if (!text.includes(UNBUILT)) throw new Error(`${WORKER} does not say ${UNBUILT}`);
const hash = createHash("sha256");
for (const file of ["dist/index.html", "dist/offline.html", "dist/.vite/manifest.json"])
  hash.update(readFileSync(file));
writeFileSync(WORKER, text.replace(UNBUILT, `const BUILD = "${hash.digest("hex").slice(0, 16)}";`));
