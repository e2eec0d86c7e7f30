import "./app/tokens.css";
import "./app/print.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { whenSignedOut, whenViewingOver } from "./api/client";
import { queryClient } from "./api/queryClient";
import { meQuery } from "./api/session";
import { standOnRouter } from "./app/ground";
import { router } from "./app/router";

whenSignedOut(() => {
  const { pathname, searchStr } = router.state.location;
  queryClient.clear();
  if (pathname !== "/login") router.navigate({ to: "/login", search: { next: pathname + searchStr } });
});

// The bar that says so, and ends it, stands on every page.
whenViewingOver(() => void queryClient.invalidateQueries({ queryKey: meQuery.queryKey }));

standOnRouter();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
