import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { meQuery, profileQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { PdfCard } from "./PdfCard";

const quote = { id: 27, number: "SZ26-000123", revision: 1, state: "issued", verify_code: null };
const scrolled = vi.fn();

beforeEach(() => {
  Element.prototype.scrollIntoView = scrolled;
  HTMLAnchorElement.prototype.click = downloaded;
});
afterEach(() => {
  cleanup();
  vi.clearAllMocks();
});
const downloaded = vi.fn();

function Issued({ links }: { links: boolean }) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(meQuery.queryKey, { company: { name: "恒泰建材" } } as never);
  cache.setQueryData(profileQuery.queryKey, { sealed: true } as never);
  cache.setQueryData(["quotes", "pdf", 27], new File(["%PDF"], "a.pdf", { type: "application/pdf" }));
  return (
    <MantineProvider env="test">
      <QueryClientProvider client={cache}>
        <PdfCard quote={quote as unknown as Quote} fresh={false} onSeen={() => {}} />
        {links && (
          <button type="button" data-next-link>
            生成链接
          </button>
        )}
      </QueryClientProvider>
    </MantineProvider>
  );
}

const send = async () => {
  fireEvent.click(screen.getByRole("button", { name: "发给客户" }));
  await Promise.resolve();
};

it("leads to the customer's link on a PC, where it does not download a second time", async () => {
  render(<Issued links />);
  await send();
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "生成链接" }));
  expect(scrolled).toHaveBeenCalledTimes(1);
  expect(downloaded).not.toHaveBeenCalled();
});

it("gives the file where no link may be made", async () => {
  render(<Issued links={false} />);
  await send();
  expect(downloaded).toHaveBeenCalledTimes(1);
  expect(scrolled).not.toHaveBeenCalled();
});
