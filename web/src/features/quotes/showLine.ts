const MARKED_MS = 2400;

/** Brings the line into sight and marks it for a moment; without a line, what hinders stands in the summary. */
export function showLine(id: string | null, root: ParentNode = document) {
  const line = [...root.querySelectorAll<HTMLElement>("[data-line]")].find((one) => one.dataset.line === id);
  const target = line ?? root.querySelector<HTMLElement>("[data-problems]");
  if (!target) return;
  const { top, height } = target.getBoundingClientRect();
  window.scrollBy({ top: top - (window.innerHeight - height) / 2 });
  target.focus({ preventScroll: true });
  target.setAttribute("data-marked", "");
  setTimeout(() => target.removeAttribute("data-marked"), MARKED_MS);
}
