import type { ComponentType } from "react";
import type { Content, Draft } from "../../api/types";

/** How one row reads, wherever rows of any kind stand together. */
export interface RowReading {
  title: string;
  sub: string;
  value: string;
  /** The unit of goods that its figure is for. */
  unit?: string;
}

export interface EditorProps {
  draft: Draft;
  /** Keys that the checks named, with their sentence. */
  faults: Map<string, string>;
  /** Show this key first. */
  focusKey: string | null;
}

/** What a kind of configuration supplies; the frame of 设计台 does the rest. */
export interface ConfigKind {
  Editor: ComponentType<EditorProps>;
  /** What stands above what is in force, where there is something to see before. */
  Above?: ComponentType;
  /** Whether rows can come from a sheet. */
  importable: boolean;
  /** Of a kind whose rows come from no sheet: what to do where nothing was published yet. */
  noRows?: string;
  /** What a region's own one is called, where it may have one. */
  regional?: string;
  /** So many of its rows, as people say it. */
  counted: (n: number) => string;
  read: (key: string, content: Content, shown: Record<string, unknown>) => RowReading;
  /** Where a row stands among the others, where that is not by its key. */
  order?: (key: string) => string;
}
