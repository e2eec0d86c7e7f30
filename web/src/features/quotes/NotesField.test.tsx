import { MantineProvider } from "@mantine/core";
import { act, fireEvent, render, screen } from "@testing-library/react";
import { useEffect, useReducer, useState, useSyncExternalStore } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Quote } from "../../api/types";
import { DraftSaver, type KeptSave } from "./DraftSaver";
import { type DraftDoc, reduce, startHistory } from "./draftModel";
import { NotesField } from "./NotesField";
import { SaveMark } from "./SaveMark";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const empty: DraftDoc = { customerId: 1, validUntil: null, notes: "", lines: [] };

interface Wires {
  put: (doc: DraftDoc, version: number) => Promise<Quote>;
  keep: (kept: KeptSave | null) => void;
}

/** The notes with the saver behind them, as the draft page has them. */
function Draft(wires: Wires) {
  const [history, change] = useReducer(reduce, startHistory(empty));
  const [saver] = useState(() => new DraftSaver({ version: 1 } as Quote, wires));
  const status = useSyncExternalStore(saver.subscribe, saver.current);
  useEffect(() => {
    if (history.doc !== empty) saver.push(history.doc);
  }, [saver, history.doc]);
  return (
    <MantineProvider>
      <SaveMark status={status} />
      <NotesField notes={history.doc.notes} snippets={[]} change={change} />
    </MantineProvider>
  );
}

it("keeps notes with each key and saves them after a pause, while the hands are still in the field", async () => {
  const put = vi.fn(async (_doc: DraftDoc, version: number) => ({ version: version + 1 }) as Quote);
  const keep = vi.fn();
  const shown = render(<Draft put={put} keep={keep} />);
  const field = screen.getByLabelText(/备注/);
  fireEvent.change(field, { target: { value: "送货前" } });
  expect(keep).toHaveBeenLastCalledWith(expect.objectContaining({ doc: { ...empty, notes: "送货前" } }));
  expect(screen.getByRole("status").textContent).not.toContain("已保存");
  fireEvent.change(field, { target: { value: "送货前打电话" } });
  expect(put).not.toHaveBeenCalled();
  await act(() => vi.advanceTimersByTimeAsync(200));
  expect(put).toHaveBeenCalledTimes(1);
  expect(put).toHaveBeenCalledWith({ ...empty, notes: "送货前打电话" }, 1);
  expect(screen.getByRole("status").textContent).toContain("已保存");
  expect(keep).toHaveBeenLastCalledWith(null);
  shown.unmount();
});

it("undoes the keystrokes of the notes together", () => {
  let history = startHistory(empty);
  for (const notes of ["a", "ab", "abc"]) history = reduce(history, { kind: "notes", notes });
  expect(history.past).toHaveLength(1);
  expect(reduce(history, { kind: "undo" }).doc.notes).toBe("");
});
