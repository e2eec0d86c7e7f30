import { expect, it } from "vitest";
import { headOf, overtaken, saidOfBehind, saidOfPublished, startOf, waitingBase } from "./publishing";

const NOW = Date.parse("2026-05-01T08:00:00+08:00");
const LATER = Date.parse("2026-06-01T00:00:00+08:00");
const WHO = { id: 1, name: "沈若溪" };

it("says of a publication at once that it is in force, also when the browser's clock is behind the server's", () => {
  const published = { n: 4, effective_at: NOW + 700, release_id: 9 };
  expect(saidOfPublished({ effective_at: null, published }, NOW)).toBe("已发布 V4，立即生效");
});

it("says of a chosen moment ahead that it is queued until then", () => {
  const published = { n: 5, effective_at: LATER, release_id: 9 };
  expect(saidOfPublished({ effective_at: LATER, published }, NOW)).toMatch(
    /^V5 已排期，.*6月1日 00:00 生效$/,
  );
});

it("says before publishing when it comes into force", () => {
  expect(startOf({ effective_at: null }, NOW)).toBe("立即生效");
  expect(startOf({ effective_at: NOW - 1 }, NOW)).toBe("立即生效");
  expect(startOf({ effective_at: LATER }, NOW)).toMatch(/6月1日 00:00 生效$/);
});

it("takes a queued version for the newest, and names nobody whom it does not know", () => {
  const in_force = { n: 3, author: WHO, effective_at: NOW, note: "" };
  expect(headOf({ in_force, queued: [] })).toEqual({ n: 3, by: "沈若溪" });
  expect(headOf({ in_force, queued: [{ n: 4, effective_at: LATER, release_id: 2 }] })).toEqual({
    n: 4,
    by: "",
  });
  expect(headOf({ in_force: null, queued: [] })).toBeNull();
});

it("finds the waiting version that a draft goes on from, and the one that it would overtake", () => {
  const queued = [
    { n: 8, effective_at: LATER, release_id: 2 },
    { n: 9, effective_at: LATER + 1000, release_id: 3 },
  ];
  expect(waitingBase({ base_n: 8 }, { queued })?.n).toBe(8);
  expect(waitingBase({ base_n: 7 }, { queued })).toBeNull();
  expect(overtaken({ queued }, null)?.n).toBe(9);
  expect(overtaken({ queued }, LATER + 500)?.n).toBe(9);
  expect(overtaken({ queued }, LATER + 2000)).toBeNull();
  expect(overtaken({ queued: [] }, null)).toBeNull();
});

it("says of a draft whose version was called off that it is gone, and of no older one that it came meanwhile", () => {
  const head = { n: 7, by: "沈若溪" };
  const draft = { base_n: 8, actions: ["rebase"], author: WHO };
  expect(saidOfBehind(draft, head)).toMatch(/V8 的排期已经取消.*现在的是 V7。下一步/);
  expect(saidOfBehind({ ...draft, actions: [] }, head)).toContain("等 沈若溪 合并最新版");
  expect(saidOfBehind({ ...draft, base_n: 6 }, head)).toContain("沈若溪 的 V7 已经发布");
});
