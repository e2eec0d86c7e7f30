// Writes a brotli twin beside each file of the build, so that the server never compresses on the way.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const WORTH_BYTES = 512;
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

function* filesIn(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesIn(path);
    else yield path;
  }
}

for (const path of filesIn("dist")) {
  if (!/\.(js|css|html|svg|json|webmanifest|wasm)$/.test(path)) continue;
  const content = readFileSync(path);
  if (content.length >= WORTH_BYTES) writeFileSync(`${path}.br`, brotliCompressSync(content, options));
}
