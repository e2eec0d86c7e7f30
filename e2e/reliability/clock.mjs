// The clock moved: back an hour on one of two servers, or on the only one; nothing is due earlier, nothing happens twice.
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { linesOf, peopleAt, publish, taskOfEachIssue } from "./lib/company.mjs";
import { must, mustRun, pause, waitFor } from "./lib/machine.mjs";
import { lite, POSTGRES, SQLITE, seenThrough, sql } from "./lib/places.mjs";
import { checkWhole, serve } from "./lib/server.mjs";

export const name = "clock";
const HOUR = 3_600_000;
const AFTER_MINUTES = 30;
const CHINESE = /[\u4e00-\u9fff]/;

/** What the database says of the timers and tasks of the rule. */
const TIMERS =
  "SELECT entity_id, due_at, state, settled_at FROM timer WHERE rule_key = 'each_issue' ORDER BY entity_id;";
const TASKS = "SELECT entity_id, created_at FROM task WHERE rule_key = 'each_issue' ORDER BY entity_id;";

export async function* run(world) {
  yield await twoServers(world);
  yield await oneServer(world);
}

/** A clock of each server's own: the database's, shifted by a row, found before the real one. */
const OWN_CLOCK = (nth) => `
CREATE SCHEMA clock${nth};
CREATE TABLE clock${nth}.shift (ms BIGINT NOT NULL);
INSERT INTO clock${nth}.shift VALUES (0);
CREATE FUNCTION clock${nth}.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS
  'SELECT pg_catalog.clock_timestamp() + (SELECT ms FROM clock${nth}.shift) * interval ''1 millisecond''';`;

async function twoServers(world) {
  const { place, kept } = await world.templates.company(POSTGRES);
  const servers = [];
  try {
    for (const nth of [0, 1]) {
      await sql(place.url, OWN_CLOCK(nth));
      const own = seenThrough(place, { options: `-c search_path=public,clock${nth},pg_catalog` });
      servers.push(await serve(world.program, { ...own, args: ["--data", `${place.folder}-${nth}`] }));
    }
    const shift = (nth, ms) => sql(place.url, `UPDATE clock${nth}.shift SET ms = ${ms};`);
    const [onA, onB] = servers.map((it) => peopleAt(it.base, kept));
    await publish(onA.operations, onA.owner, "rule", [taskOfEachIssue(AFTER_MINUTES)]);
    const read = async (query) => (await sql(place.url, query)).map((line) => line.map(Number));
    const states = async () => (await sql(place.url, TIMERS)).map((line) => line[2]);
    const told = await story(world, {
      onA,
      onB,
      back: () => shift(1, -HOUR),
      forth: () => shift(0, AFTER_MINUTES * 60_000 + 5_000),
      home: () => Promise.all([shift(0, 0), shift(1, 0)]),
      read,
      states,
    });
    await checkWhole(world.program, place);
    return { engine: POSTGRES, result: `B's clock an hour back, A's later on half an hour forth: ${told}` };
  } catch (error) {
    error.message += servers.map((it) => `\n${it.told().slice(-1_500)}`).join("");
    throw error;
  } finally {
    await Promise.all(servers.map((it) => it.kill()));
    await place.drop();
  }
}

/** On one machine the program's own clock is moved, by a library of twenty lines that stands before the real one. */
const SHIFTED = `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
int clock_gettime(clockid_t which, struct timespec *at) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
  int done = real(which, at);
  if (which != CLOCK_REALTIME || done != 0) return done;
  FILE *told = fopen(getenv("HARNESS_SHIFT"), "r");
  long seconds = 0;
  if (told) {
    if (fscanf(told, "%ld", &seconds) != 1) seconds = 0;
    fclose(told);
  }
  at->tv_sec += seconds;
  return done;
}
`;

async function oneServer(world) {
  const [source, library, shifted] = ["shift.c", "shift.so", "shift"].map((it) => join(world.scratch, it));
  await writeFile(source, SHIFTED);
  await writeFile(shifted, "0");
  await mustRun("cc", ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"]);
  const { place, kept } = await world.templates.company(SQLITE);
  const env = { LD_PRELOAD: library, HARNESS_SHIFT: shifted };
  const server = await serve(world.program, place, { env });
  const shift = (ms) => writeFile(shifted, `${ms / 1_000}`);
  const copied = (query) => lite(place.folder, "", query);
  try {
    const company = peopleAt(server.base, kept);
    await publish(company.operations, company.owner, "rule", [taskOfEachIssue(AFTER_MINUTES)]);
    const told = await story(world, {
      onA: company,
      onB: company,
      back: () => shift(-HOUR),
      forth: () => shift(AFTER_MINUTES * 60_000 + 5_000),
      home: () => shift(0),
      read: async (query) => (await copied(query)).map((line) => line.map(Number)),
      states: async () => (await copied(TIMERS)).map((line) => line[2]),
    });
    await checkWhole(world.program, place);
    return {
      engine: SQLITE,
      result: `the only server's clock an hour back, later half an hour forth: ${told}`,
    };
  } catch (error) {
    error.message += `\n${server.told().slice(-1_500)}`;
    throw error;
  } finally {
    await server.kill();
    await place.drop();
  }
}

/** Issued before and after the clock was set back; then forth until all is due; then home again. */
async function story(world, { onA, onB, back, forth, home, read, states }) {
  const count = world.long ? 20 : 4;
  const [issued, refused] = [[], []];
  const issue = async (on) => {
    const seller = on.sellers[0];
    const body = { customer_id: seller.customers[0], lines: linesOf(on.products, 1) };
    const draft = await seller.post("/api/quotes", body);
    const seen = { body: { expected_net: draft.totals.net }, key: randomUUID() };
    const answer = await seller.send("POST", `/api/quotes/${draft.id}/issue`, seen);
    if (answer.status === 200) issued.push(answer.json);
    else refused.push(answer.json);
  };
  for (let nth = 0; nth < count; nth += 1) await issue(onA);
  must(refused.length === 0, () => JSON.stringify(refused));
  const armed = async () => {
    const found = await read(TIMERS);
    return found.length === issued.length && found.map(([id, due]) => [id, due]);
  };
  const before = new Map(await waitFor("timers of what was issued", armed));
  await back();
  for (let nth = 0; nth < count; nth += 1) for (const on of new Set([onA, onB])) await issue(on);
  must(
    refused.length === count,
    `${refused.length} of ${count} were refused on the server whose clock is late`,
  );
  for (const it of refused)
    must(it.code === "clock_behind" && CHINESE.test(it.detail), () => JSON.stringify(it));
  for (let at = 1; at < issued.length; at += 1) {
    const [one, next] = [issued[at - 1], issued[at]];
    must(next.issued_at >= one.issued_at, `${next.number} was issued before ${one.number}`);
  }
  const after = new Map(await waitFor("timers of what was issued later", armed));
  for (const [id, due] of before) {
    must(after.get(id) === due, `the moment of ${id} moved from ${due} to ${after.get(id)}`);
  }
  for (const it of issued) {
    must(
      after.get(it.id) === it.issued_at + AFTER_MINUTES * 60_000,
      `${it.number} is due at ${after.get(it.id)}`,
    );
  }
  await pause(1_500);
  must(
    (await states()).every((it) => it === "armed"),
    "a timer fired although its moment is far",
  );
  await forth();
  await waitFor("all timers to fire", async () => (await states()).every((it) => it === "fired"), {
    within: 60_000,
  });
  await home();
  await pause(2_000);
  const tasks = await read(TASKS);
  must(
    tasks.length === issued.length && new Set(tasks.map(([id]) => id)).size === issued.length,
    `${tasks.length} tasks of ${issued.length} quotations`,
  );
  for (const [id, made] of tasks)
    must(made >= after.get(id), `the task of ${id} came ${after.get(id) - made} ms early`);
  return `${refused.length} issues on the late server refused in words (clock_behind), drafts go on; ${issued.length} quotations keep their order and moments, ${tasks.length} timers fire once each, none early, none again when the clocks are right`;
}
