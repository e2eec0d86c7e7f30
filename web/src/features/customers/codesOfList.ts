/** Lines "their code, our code" as Excel, a chat or a person writes them. */
export function codesOfList(text: string): {
  put: { product_code: string; code: string }[];
  /** Numbers of the lines that are no two codes, from 1. */
  bad: number[];
} {
  const put: { product_code: string; code: string }[] = [];
  const bad: number[] = [];
  for (const [at, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const cells = line
      .trim()
      .split(/\t|[,，;；]|\s{1,}/)
      .map((cell) => cell.trim())
      .filter(Boolean);
    const [code, product_code] = cells;
    if (cells.length === 2 && code && product_code) put.push({ code, product_code });
    else bad.push(at + 1);
  }
  return { put, bad };
}
