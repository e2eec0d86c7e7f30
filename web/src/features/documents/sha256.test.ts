import { expect, it } from "vitest";
import { plainSha256, sha256 } from "./sha256";

const bytes = (text: string) => new TextEncoder().encode(text);

it("gives the published digests", async () => {
  const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  expect(await plainSha256(bytes(""))).toBe(empty);
  expect(await plainSha256(bytes("abc"))).toBe(abc);
});

it("agrees with the browser's own at every length around a block", async () => {
  for (const length of [55, 56, 63, 64, 65, 119, 120, 1000]) {
    const content = new Uint8Array(length).map((_, n) => (n * 31) % 256);
    expect(await plainSha256(content)).toBe(await sha256(new File([content], "x.pdf")));
  }
});
