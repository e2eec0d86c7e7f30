import "./app/tokens.css";
import "./app/print.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { whenSignedOut } from "./api/client";
import { queryClient } from "./api/queryClient";
import { router } from "./app/router";
import { hearTabs } from "./parts/tabs";

const leave = () => {
  const { pathname, searchStr } = router.state.location;
  queryClient.clear();
  if (pathname !== "/login") router.navigate({ to: "/login", search: { next: pathname + searchStr } });
};
whenSignedOut(leave);
// Another tab of this browser signed out: what is shown here is nobody's any more.
hearTabs((word) => {
  if (word.kind === "signed_out") leave();
});

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
