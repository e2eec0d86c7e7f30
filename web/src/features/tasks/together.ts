import type { Task } from "../../api/types";

/** One thing to do: every task that asks for it. */
export interface Together {
  key: string;
  tasks: Task[];
}

/**
 * Tasks as they stand on the page: open ones of one person about one quotation together, where the first of them stands;
 * all others by themselves. The server counts them so, too.
 */
export function together(tasks: Task[]): Together[] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const key = keyOf(task);
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups].map(([key, tasks]) => ({ key, tasks }));
}

const keyOf = ({ id, state, about, holder }: Task) =>
  state === "open" && about.entity === "quote" ? `quote ${about.id} ${holder.id}` : `task ${id}`;
