import { asDecimal, trimZeros } from "../../parts/format";

/** One field of a row: what it is called, and what may be typed into it. */
export interface RowColumn {
  /** Its name in the content of the row. */
  name: string;
  label: string;
  /** Read aloud at the field of one row. */
  labelOf: (row: string) => string;
  /** What is meant by what was typed, or null when it means nothing. */
  read: (text: string) => string | null;
  /** Said where it means nothing. */
  bad: string;
  letters: number;
  /** Words that stand before and behind a figure. */
  before?: string;
  after?: string;
  /** Words, not a figure. */
  words?: boolean;
  /** A text of several lines; it stands below the name. */
  long?: boolean;
  /** What an empty field means. */
  empty?: string;
  /** What a new row begins with. */
  usual?: string;
}

/** A part of what tells a new row from the others: typed, or chosen. */
export interface RowKey {
  name: string;
  label: string;
  letters?: number;
  choices?: readonly { value: string; word: string }[];
}

/** The new row that the key fields make. */
export interface NewRowStart {
  /** Empty: it has no name yet. */
  key: string;
  content: Record<string, unknown>;
  shown?: Record<string, unknown>;
}

/** A plain figure of at most `most`, a percent sign behind it allowed. */
export const figureUpTo = (most: number) => (text: string) => {
  const figure = asDecimal(text.replace(/[%％]\s*$/, ""), 2);
  return figure !== null && Number(figure) <= most ? trimZeros(figure) : null;
};

/** Any text that says something. */
export const someText = (text: string) => text.trim() || null;
