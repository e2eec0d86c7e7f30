import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { SpanField } from "./SpanField";

function Kept({ first }: { first: number }) {
  const [minutes, setMinutes] = useState(first);
  return (
    <>
      <SpanField label="之后多久" minutes={minutes} onChange={setMinutes} />
      <output>{minutes}</output>
    </>
  );
}

const number = () => screen.getByRole("textbox") as HTMLInputElement;
const unit = () => screen.getByRole("combobox") as HTMLSelectElement;

it("reads whole hours as hours, and takes four hours as four", () => {
  const shown = render(<Kept first={120} />);
  expect([number().value, unit().value]).toEqual(["2", "hours"]);
  fireEvent.change(number(), { target: { value: "4" } });
  fireEvent.blur(number());
  expect(screen.getByRole("status").textContent).toBe("240");
  fireEvent.change(unit(), { target: { value: "minutes" } });
  expect([number().value, screen.getByRole("status").textContent]).toEqual(["240", "240"]);
  shown.unmount();
});

it("writes what is no whole hour in minutes, and rounds it up when hours are chosen", () => {
  const shown = render(<Kept first={90} />);
  expect([number().value, unit().value]).toEqual(["90", "minutes"]);
  fireEvent.change(unit(), { target: { value: "hours" } });
  expect([number().value, unit().value, screen.getByRole("status").textContent]).toEqual([
    "2",
    "hours",
    "120",
  ]);
  shown.unmount();
});
