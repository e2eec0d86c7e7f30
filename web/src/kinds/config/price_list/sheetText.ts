const needsQuotes = /[\t\n\r"]/;

/** Cells as text that Excel takes back cell by cell. */
export const toSheetText = (cells: readonly (readonly string[])[]) =>
  cells
    .map((row) =>
      row.map((cell) => (needsQuotes.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell)).join("\t"),
    )
    .join("\r\n");

/** What Excel puts on the clipboard, cell by cell; the empty line at its end is none. */
export function fromSheetText(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const { cell, end } = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(cell);
    at = end;
    if (text[at] === "\t") {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    if (at >= text.length) break;
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (at >= text.length) break;
  }
  return rows;
}

function plain(text: string, start: number) {
  let end = start;
  while (end < text.length && !"\t\r\n".includes(text[end] ?? "")) end += 1;
  return { cell: text.slice(start, end).trim(), end };
}

/** A cell in quotes; a quote that nothing closes is a letter like any other. */
function quoted(text: string, start: number) {
  let end = start + 1;
  while (end < text.length) {
    if (text[end] === '"') {
      if (text[end + 1] !== '"') break;
      end += 1;
    }
    end += 1;
  }
  const closed = text[end] === '"' && (end + 1 >= text.length || "\t\r\n".includes(text[end + 1] ?? ""));
  if (!closed) return plain(text, start);
  return {
    cell: text
      .slice(start + 1, end)
      .replace(/""/g, '"')
      .trim(),
    end: end + 1,
  };
}
