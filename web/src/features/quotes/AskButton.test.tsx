import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Quote } from "../../api/types";
import { askingText } from "../../text/asking";
import { AskButton } from "./AskButton";

afterEach(cleanup);

const manager = { id: 1, name: "周永年" };

/** The looks of its buttons by their words, and the lines that were opened. */
function shown(quote: unknown) {
  const opened: string[] = [];
  render(
    <AskButton
      quote={quote as Quote}
      flush={async () => quote as Quote}
      onAsked={() => {}}
      onEdit={(id) => opened.push(id)}
      first
    />,
  );
  const looks = screen.getAllByRole("button").map((one) => [one.textContent, one.getAttribute("data-look")]);
  return { looks, opened };
}

const draft = {
  askable: [manager],
  problems: [{ line_id: "b" }],
  lines: [],
  updated_at: 10,
  ask: { to: manager, given_back_at: 20 },
};

it("asks for another price first where what came back is still as it was refused", () => {
  const { looks, opened } = shown(draft);
  expect(looks).toEqual([
    [askingText.editAgain, "primary"],
    [askingText.askAgain(manager.name), "text"],
  ]);
  fireEvent.click(screen.getByRole("button", { name: askingText.editAgain }));
  expect(opened).toEqual(["b"]);
});

it("asks at once where it was changed since, and where nobody has refused it", () => {
  const ask = [[askingText.ask(manager.name), "primary"]];
  expect(shown({ ...draft, updated_at: 30 }).looks).toEqual(ask);
  cleanup();
  expect(shown({ ...draft, ask: null }).looks).toEqual(ask);
});
