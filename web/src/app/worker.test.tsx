import { cleanup, fireEvent, render } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** A browser with a worker; `running` when an older version serves this page already. */
function browser(running: boolean) {
  const registration = Object.assign(new EventTarget(), {
    waiting: null,
    installing: null as (EventTarget & { state: string; postMessage: (said: unknown) => void }) | null,
    update: vi.fn(async () => {}),
  });
  const container = Object.assign(new EventTarget(), {
    controller: running ? {} : null,
    register: vi.fn(async () => registration),
  });
  vi.stubGlobal("navigator", { serviceWorker: container, userAgent: "" });
  const worker = Object.assign(new EventTarget(), { state: "installing", postMessage: vi.fn() });
  const come = () => {
    registration.installing = worker;
    registration.dispatchEvent(new Event("updatefound"));
    worker.state = "installed";
    worker.dispatchEvent(new Event("statechange"));
  };
  return { container, worker, come };
}

async function bar() {
  const { NewVersionBar } = await import("./NewVersionBar");
  return render(<NewVersionBar />);
}

it("says nothing on a new device: the first worker takes over nothing that is older", async () => {
  const { container, come } = browser(false);
  const { queryByText } = await bar();
  await vi.waitFor(() =>
    expect(container.register).toHaveBeenCalledWith("/sw.js", { updateViaCache: "none" }),
  );
  await Promise.resolve();
  come();
  expect(queryByText("有新版本，点此刷新")).toBeNull();
});

it("says that a newer version lies ready, and lets it take over when asked to, not before", async () => {
  const { container, worker, come } = browser(true);
  const reload = vi.spyOn(window.location, "reload").mockImplementation(() => {});
  const { findByText } = await bar();
  await vi.waitFor(() => expect(container.register).toHaveBeenCalled());
  await Promise.resolve();
  come();
  const button = await findByText("有新版本，点此刷新");
  expect(worker.postMessage).not.toHaveBeenCalled();
  fireEvent.click(button);
  expect(worker.postMessage).toHaveBeenCalledWith("take over");
  expect(reload).not.toHaveBeenCalled();
  container.dispatchEvent(new Event("controllerchange"));
  expect(reload).toHaveBeenCalledTimes(1);
});
