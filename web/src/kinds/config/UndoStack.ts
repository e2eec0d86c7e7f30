import type { Content } from "../../api/types";

/** What one row was and became; null is out of the draft. */
export interface StepChange {
  key: string;
  from: Content | null;
  to: Content | null;
  shown: Record<string, unknown>;
}

/** Something a person did at one go, by its name. */
export interface Step {
  label: string;
  changes: readonly StepChange[];
  /** What was said of texts that it did not take, by row. */
  told?: ReadonlyMap<string, string>;
}

const DEEPEST = 200;

/** What was done and can be taken back, and what was taken back and can be done again. */
export class UndoStack {
  private done: Step[] = [];
  private undone: Step[] = [];

  push(step: Step) {
    if (step.changes.length === 0) return;
    this.done = [...this.done.slice(1 - DEEPEST), step];
    this.undone = [];
  }

  /** The step to be taken back; it can be done again afterwards. */
  undo(): Step | undefined {
    const step = this.done.pop();
    if (step) this.undone.push(step);
    return step;
  }

  redo(): Step | undefined {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    return step;
  }

  get next(): { undo: string | null; redo: string | null } {
    return {
      undo: this.done[this.done.length - 1]?.label ?? null,
      redo: this.undone[this.undone.length - 1]?.label ?? null,
    };
  }
}

/** A step the other way round. */
export const reversed = (step: Step): Step => ({
  label: step.label,
  changes: step.changes.map((change) => ({ ...change, from: change.to, to: change.from })),
});
