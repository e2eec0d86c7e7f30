import { expect, it } from "vitest";
import type { BackupList } from "../../api/types";
import { backupTask } from "./backupTask";

const now = Date.parse("2026-11-30T21:43:00+08:00");
const HOUR = 3_600_000;
const made = { name: "a.huxi", bytes: 1, made_at: now - HOUR, missing: 0 };
const list: BackupList = { failed: null, items: [made], keeps: 7, making: false, minute: 150 };
const told = (change: Partial<BackupList>) => {
  const task = backupTask({ ...list, ...change }, now);
  return task && [task.tone, task.sentence, task.link.kind];
};

it("makes a task of a backup that was never made, and leads to the page of backups", () => {
  expect(told({ items: [] })).toEqual(["urgent", "还没有备份，请先做一份", "backups"]);
  expect(backupTask({ ...list, items: [], minute: null }, now)?.detail).toBe(
    "自动备份也没有开，备份页上写着怎么开",
  );
  expect(told({ items: [], making: true })).toBeNull();
});

it("makes a task of one that came to nothing, and of an old one where nobody makes them by itself", () => {
  const failed = { at: now, reason: "磁盘满了" };
  expect(told({ failed })).toEqual(["urgent", "备份没有做成，请看一下", "backups"]);
  const old = { ...made, made_at: now - 25 * HOUR };
  expect(told({ minute: null, items: [old] })).toEqual([
    "waiting",
    "自动备份没有开，请再做一份备份",
    "backups",
  ]);
  expect(told({ items: [old] }), "the server makes the next one").toBeNull();
  expect(told({ minute: null })).toBeNull();
});
