const hex = (digest: Uint8Array) => Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** SHA-256 in hex on a page opened without https, where the browser withholds its own; loaded only there. */
export async function plainSha256(bytes: Uint8Array): Promise<string> {
  const { sha256: digest } = await import("@noble/hashes/sha2.js");
  return hex(digest(bytes));
}

/** SHA-256 of a file's content in hex, computed on this device. */
export async function sha256(file: File): Promise<string> {
  const buffer = await file.arrayBuffer();
  if (crypto.subtle === undefined) return plainSha256(new Uint8Array(buffer));
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", buffer)));
}
