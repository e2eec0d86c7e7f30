import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import type { Trigger } from "./model";
import { TriggerFields } from "./TriggerFields";

function Kept({ first }: { first: Trigger }) {
  const [trigger, setTrigger] = useState(first);
  return (
    <>
      <TriggerFields trigger={trigger} onChange={setTrigger} />
      <output>{JSON.stringify(trigger)}</output>
    </>
  );
}

const options = (label: string) =>
  Array.from((screen.getByRole("combobox", { name: label }) as HTMLSelectElement).options, (one) => one.text);

it("offers no time after the last valid day, and turns round what lay after another day", () => {
  const trigger: Trigger = { kind: "date_field", field: "follow_day", days: 3, at: "09:00" };
  const shown = render(<Kept first={trigger} />);
  expect(options("前还是后")).toEqual(["之前", "之后"]);
  fireEvent.change(screen.getByRole("combobox", { name: "哪个日期" }), { target: { value: "valid_until" } });
  expect(options("前还是后")).toEqual(["之前"]);
  expect(JSON.parse(screen.getByRole("status").textContent ?? "")).toMatchObject({ days: -3 });
  fireEvent.change(screen.getByRole("textbox", { name: "几天" }), { target: { value: "0" } });
  fireEvent.blur(screen.getByRole("textbox", { name: "几天" }));
  fireEvent.change(screen.getByRole("textbox", { name: "几天" }), { target: { value: "4" } });
  fireEvent.blur(screen.getByRole("textbox", { name: "几天" }));
  expect(JSON.parse(screen.getByRole("status").textContent ?? "")).toMatchObject({ days: -4 });
  shown.unmount();
});
