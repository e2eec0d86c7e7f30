/**
 * Brings the card of the customer's links into sight, the hands on what comes next there: copying the link that was
 * made, else making one. False where there is no such card: whoever looks may not make links.
 */
export function leadToLink(root: ParentNode = document): boolean {
  const next = root.querySelector<HTMLElement>("[data-next-link]");
  if (!next) return false;
  next.scrollIntoView({ block: "center" });
  next.focus({ preventScroll: true });
  return true;
}
