import { keysText } from "../text/keys";

/** One press, as the browser names it; Ctrl means ⌘ on a Mac. */
export interface Chord {
  key: string;
  ctrl?: true;
  shift?: true;
  alt?: true;
}

/** What one press or one of several does. */
export interface Shortcut {
  chords: readonly Chord[];
  does: string;
  /** How it reads where the chords would not say it: letters that are typed, keys that the browser itself answers. */
  shown?: string;
}

/** The shortcuts of one place, by name. What acts on them and what shows them read the same table. */
export interface KeyTable<Name extends string = string> {
  title: string;
  rows: Record<Name, Shortcut>;
}

/** What of a key press matters. */
export type Press = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

const APPLE = /Mac|iPhone|iPad/.test(navigator.userAgent);
const LETTER = /^[a-z]$/i;
/** Marks that some keyboards give with Shift and others without. */
const isMark = (key: string) => key.length === 1 && !LETTER.test(key) && key !== " ";

const fits = (chord: Chord, press: Press) =>
  chord.key.toLowerCase() === press.key.toLowerCase() &&
  Boolean(chord.ctrl) === (press.ctrlKey || press.metaKey) &&
  Boolean(chord.alt) === press.altKey &&
  (isMark(chord.key) || Boolean(chord.shift) === press.shiftKey);

/** Which shortcut of the table was pressed; null when none was. */
export function pressed<Name extends string>(table: KeyTable<Name>, press: Press): Name | null {
  const rows = Object.entries<Shortcut>(table.rows) as [Name, Shortcut][];
  return rows.find(([, { chords }]) => chords.some((chord) => fits(chord, press)))?.[0] ?? null;
}

/** Whether whoever presses this is typing: letters belong to the field then, and chords with Ctrl do not. */
export function isTyping(press: Press, target: EventTarget | null): boolean {
  if (press.ctrlKey || press.metaKey || !(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** How a chord reads: `Ctrl+Shift+Z`, on a Mac `⌘+Shift+Z`. */
export function chordWord({ key, ctrl, shift, alt }: Chord): string {
  const named: Record<string, string | undefined> = keysText.named;
  const own = named[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [ctrl && (APPLE ? "⌘" : "Ctrl"), alt && "Alt", shift && "Shift", own].filter(Boolean).join("+");
}

/** The table as `KeyList` takes it: keys, and what they do. */
export const readable = (table: KeyTable): [string, string][] =>
  Object.values(table.rows).map(({ shown, chords, does }) => [
    shown ?? chords.map(chordWord).join(" / "),
    does,
  ]);
