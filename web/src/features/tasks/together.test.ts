import { expect, it } from "vitest";
import type { Task } from "../../api/types";
import { together } from "./together";

const task = (id: number, entity: string, about: number, holder = 3, state = "open") =>
  ({ id, state, about: { entity, id: about }, holder: { id: holder } }) as unknown as Task;
const ids = (tasks: Task[]) => together(tasks).map((group) => group.tasks.map((one) => one.id));

it("puts what one person has to do about one quotation together where the first of it stands", () => {
  const tasks = [task(1, "quote", 27), task(2, "quote", 28), task(3, "quote", 27)];
  expect(ids(tasks)).toEqual([[1, 3], [2]]);
});

it("keeps apart what others have to do, what is about no quotation, and what is settled", () => {
  expect(ids([task(1, "quote", 27), task(2, "quote", 27, 4)])).toEqual([[1], [2]]);
  expect(ids([task(1, "company", 1), task(2, "company", 1)])).toEqual([[1], [2]]);
  expect(ids([task(1, "quote", 27, 3, "done"), task(2, "quote", 27, 3, "done")])).toEqual([[1], [2]]);
});
