const primes = (count: number): number[] => {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) {
    if (found.every((prime) => n % prime !== 0)) found.push(n);
  }
  return found;
};

const fractionBits = (value: number) => Math.floor((value - Math.floor(value)) * 2 ** 32) >>> 0;
const ROUND = primes(64).map((prime) => fractionBits(Math.cbrt(prime)));
const START = primes(8).map((prime) => fractionBits(Math.sqrt(prime)));
const BLOCK = 64;

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function padded(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 9) / BLOCK);
  const all = new Uint8Array(blocks * BLOCK);
  all.set(bytes);
  all[bytes.length] = 0x80;
  const view = new DataView(all.buffer);
  view.setUint32(all.length - 8, Math.floor((bytes.length * 8) / 2 ** 32));
  view.setUint32(all.length - 4, (bytes.length * 8) >>> 0);
  return view;
}

function schedule(view: DataView, at: number): Uint32Array {
  const words = new Uint32Array(64);
  for (let n = 0; n < 16; n += 1) words[n] = view.getUint32(at + n * 4);
  const word = (n: number) => words[n] ?? 0;
  for (let n = 16; n < 64; n += 1) {
    const low = turn(word(n - 15), 7) ^ turn(word(n - 15), 18) ^ (word(n - 15) >>> 3);
    const high = turn(word(n - 2), 17) ^ turn(word(n - 2), 19) ^ (word(n - 2) >>> 10);
    words[n] = word(n - 16) + low + word(n - 7) + high;
  }
  return words;
}

function mixed(state: number[], words: Uint32Array): number[] {
  let [a, b, c, d, e, f, g, h] = state as [number, number, number, number, number, number, number, number];
  for (let n = 0; n < 64; n += 1) {
    const choose = (e & f) ^ (~e & g);
    const first =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choose + (ROUND[n] ?? 0) + (words[n] ?? 0)) >>> 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) >>> 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, n) => (word + (state[n] ?? 0)) >>> 0);
}

/** SHA-256 of bytes in hex, for pages opened without https, where the browser withholds its own. */
export function plainSha256(bytes: Uint8Array): string {
  const view = padded(bytes);
  let state = START;
  for (let at = 0; at < view.byteLength; at += BLOCK) state = mixed(state, schedule(view, at));
  return state.map((word) => word.toString(16).padStart(8, "0")).join("");
}

/** SHA-256 of a file's content in hex, computed on this device. */
export async function sha256(file: File): Promise<string> {
  const buffer = await file.arrayBuffer();
  if (crypto.subtle === undefined) return plainSha256(new Uint8Array(buffer));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
