import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { LaidAside } from "./LaidAside";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function shown(events: number, timers: number) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(["clock", "aside"], { events, timers });
  return render(
    <QueryClientProvider client={cache}>
      <LaidAside />
    </QueryClientProvider>,
  );
}

it("says nothing while nothing lies aside", () => {
  expect(shown(0, 0).container.textContent).toBe("");
});

it("says how much lies aside, of what, and asks the server to try it again", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url, "http://localhost").pathname}`);
    return new Response(JSON.stringify({ events: 0, timers: 0 }), {
      headers: { "content-type": "application/json" },
    });
  });
  shown(2, 1);
  expect(screen.getByText("自动规则有 3 件事没做成，已经搁下")).toBeTruthy();
  expect(screen.getByText(/2 件发生了的事没有处理/)).toBeTruthy();
  expect(screen.getByText("1 次到点的规则没有执行。")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "再试" }));
  await vi.waitFor(() => expect(asked).toContain("POST /api/clock/retry"));
});
