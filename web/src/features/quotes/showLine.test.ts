import { expect, it } from "vitest";
import { showLine } from "./showLine";

function page(html: string): HTMLElement {
  document.body.innerHTML = html;
  for (const one of document.querySelectorAll<HTMLElement>("[tabindex]"))
    one.scrollIntoView = () => undefined;
  return document.body;
}

it("marks the line that hinders and takes the focus there", () => {
  const body = page('<i data-line="a" tabindex="-1"></i><i data-line="b" tabindex="-1"></i>');
  showLine("b", body);
  const marked = [...body.querySelectorAll<HTMLElement>("[data-marked]")].map((one) => one.dataset.line);
  expect(marked).toEqual(["b"]);
  expect((document.activeElement as HTMLElement).dataset.line).toBe("b");
});

it("leads to the list of problems when no line is to blame", () => {
  const body = page('<i data-line="a" tabindex="-1"></i><ul data-problems tabindex="-1"></ul>');
  showLine(null, body);
  expect(document.activeElement?.tagName).toBe("UL");
});
