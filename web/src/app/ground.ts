import { layGround } from "../parts/ground";
import { router } from "./router";

/** What opens over a page finds an entry of this document for the back button, also after a full load. */
export const standOnRouter = () =>
  layGround({
    history: router.history,
    standsAt: () => window.history.state?.__TSR_index,
    lay: (over) =>
      void router.navigate({
        to: ".",
        search: true,
        hash: true,
        state: { over },
        resetScroll: false,
        ignoreBlocker: true,
      }),
  });
