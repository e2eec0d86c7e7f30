import { afterEach, expect, it, vi } from "vitest";
import { passOn } from "./passOn";

afterEach(() => vi.unstubAllGlobals());

const refusedWith = (name: string) => {
  const share = async () => {
    throw Object.assign(new Error("x"), { name });
  };
  vi.stubGlobal("navigator", { share });
  return passOn({ text: "x" });
};

it("is content with a sheet that was closed again, and says when none opened", async () => {
  expect(await refusedWith("AbortError")).toBe(true);
  expect(await refusedWith("NotAllowedError")).toBe(false);
  vi.stubGlobal("navigator", {});
  expect(await passOn({ text: "x" })).toBe(false);
  const share = vi.fn(async () => {});
  vi.stubGlobal("navigator", { share });
  expect(await passOn({ text: "x" })).toBe(true);
  expect(share).toHaveBeenCalledWith({ text: "x" });
});
