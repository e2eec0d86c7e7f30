import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { documentsText as words } from "../../text/documents";

vi.mock("@tanstack/react-router", () => ({ getRouteApi: () => ({ useParams: () => ({ code: "K7QF" }) }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function shown(state: string) {
  const { VerifyPage } = await import("./VerifyPage");
  const { happyDOM } = window as unknown as { happyDOM: { setURL: (address: string) => void } };
  happyDOM.setURL("http://huxi.test/");
  const found = {
    company: "恒达",
    number: "SZ26-000921",
    revision: 2,
    day: "2026-12-01",
    valid_until: "2026-12-31",
    customer_masked: "苏州**",
    total: "100.00",
    state,
    hash: "0",
    pdf_sha256: null,
  };
  vi.stubGlobal("fetch", async () => Response.json(found));
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <VerifyPage />
      </QueryClientProvider>
    </MantineProvider>,
  );
  await screen.findByText(words.issuedBy("恒达"));
}

it.each(["cancelled", "superseded", "expired"])(
  "says before all else that a %s one does not hold",
  async (state) => {
    await shown(state);
    expect(screen.getByText(words.over[state] ?? "")).toBeTruthy();
    expect(screen.queryByText(words.genuine)).toBeNull();
  },
);

it("says of one that holds that it is genuine", async () => {
  await shown("issued");
  expect(screen.getByText(words.genuine)).toBeTruthy();
});
