import { expect, it } from "vitest";
import { type ActivityEvent, ActivityMeter } from "./ActivityMeter";

function measured() {
  let now = 1_000_000;
  const events: ActivityEvent[] = [];
  const meter = new ActivityMeter(
    7,
    () => now,
    (event) => events.push(event),
  );
  const active = () => events.reduce((sum, event) => sum + (event.active_ms ?? 0), 0) / 1000;
  return {
    meter,
    events,
    active,
    pass: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

it("counts from opening to the last input before a long pause", () => {
  const { meter, active, pass } = measured();
  meter.opened();
  pass(10);
  meter.input();
  pass(301);
  meter.input();
  pass(5);
  meter.close();
  expect(active()).toBe(15);
});

it("counts a pause of exactly five minutes, and not one second more", () => {
  const { meter, active, pass } = measured();
  meter.opened();
  pass(300);
  meter.input();
  meter.close();
  expect(active()).toBe(300);
});

it("does not count while another window has the focus", () => {
  const { meter, active, pass } = measured();
  meter.opened();
  pass(20);
  meter.blur();
  pass(100);
  meter.focus();
  pass(10);
  meter.close();
  expect(active()).toBe(30);
});

it("reports the first input once, and a long span in parts", () => {
  const { meter, events, pass } = measured();
  meter.opened();
  for (let n = 0; n < 10; n += 1) {
    pass(20);
    meter.input();
    meter.tick();
  }
  expect(events.filter((event) => event.kind === "first_input")).toHaveLength(1);
  expect(events.filter((event) => event.kind === "active").length).toBeGreaterThan(1);
});

it("says idle when nothing is typed for five minutes", () => {
  const { meter, events, pass } = measured();
  meter.opened();
  pass(301);
  meter.tick();
  meter.tick();
  expect(events.filter((event) => event.kind === "idle")).toHaveLength(1);
});
