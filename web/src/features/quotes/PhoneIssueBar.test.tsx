import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { meQuery, profileQuery } from "../../api/session";
import type { Quote } from "../../api/types";
import { quotesText } from "../../text/quotes";
import { PhoneIssueBar } from "./PhoneIssueBar";

const manager = { id: 1, name: "周永年" };
const ask = { by: { id: 2, name: "陈思远" }, to: manager, given_back_at: 1 };

function lookOfIssue(quote: unknown) {
  const cache = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  cache.setQueryData(meQuery.queryKey, { ...manager, rights: [] } as never);
  cache.setQueryData(profileQuery.queryKey, { sealed: true } as never);
  const shown = render(
    <QueryClientProvider client={cache}>
      <PhoneIssueBar
        quote={quote as Quote}
        count={1}
        problems={0}
        stale={false}
        waits={null}
        ask={null}
        ready
        busy={false}
        onIssue={() => undefined}
        onProblems={() => undefined}
      />
    </QueryClientProvider>,
  );
  const look = screen.getByRole("button", { name: quotesText.issue }).getAttribute("data-look");
  shown.unmount();
  return look;
}

it("does not urge whoever has just refused it to issue the draft", () => {
  const totals = { net: "120.00" };
  expect(lookOfIssue({ totals, ask, taken_by: null })).toBe("plain");
  expect(lookOfIssue({ totals, ask: { ...ask, given_back_at: null }, taken_by: null })).toBe("primary");
  expect(lookOfIssue({ totals, ask: null, taken_by: null })).toBe("primary");
});
