import "./kit.css";
import { MantineProvider } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect } from "react";
import { meQuery, useMayDo } from "../api/session";
import { OfflineBar } from "../parts/OfflineBar";
import { ToastHost } from "../parts/ToastHost";
import { useIsPhone } from "../parts/useIsPhone";
import { useKeys } from "../parts/useKeys";
import { shellText } from "../text/shell";
import { GLOBAL_KEYS } from "./keyTables";
import { layOver, turnOver, useOver } from "./over";
import { PhoneTabs } from "./PhoneTabs";
import styles from "./Shell.module.css";
import { SideBar } from "./SideBar";
import { theme } from "./theme";

const CommandBar = lazy(() => import("./CommandBar").then((file) => ({ default: file.CommandBar })));
const KeysSheet = lazy(() => import("./KeysSheet").then((file) => ({ default: file.KeysSheet })));
const NewVersionBar = lazy(() => import("./NewVersionBar").then((file) => ({ default: file.NewVersionBar })));
const KeptBar = lazy(() => import("../features/quotes/KeptBar").then((file) => ({ default: file.KeptBar })));
const ViewingBar = lazy(() =>
  import("../features/access/ViewingBar").then((file) => ({ default: file.ViewingBar })),
);
const PlusSheet = lazy(() => import("./PlusSheet").then((file) => ({ default: file.PlusSheet })));

/** The frame around every screen of a signed-in person. */
export function Shell() {
  const phone = useIsPhone();
  const viewing = Boolean(useQuery(meQuery).data?.viewing);
  const mayQuote = useMayDo("quote.write");
  const mayAdd = useMayDo("customer.write") || mayQuote;
  const over = useOver();
  const close = () => layOver(null);
  // A quotation takes the whole phone: its total and its one button stand where the tabs would be.
  const bare = useRouterState({ select: (state) => /^\/quotes\/(new|\d+)$/.test(state.location.pathname) });
  useEffect(() => {
    document.documentElement.toggleAttribute("data-bare", bare);
  }, [bare]);
  useEffect(() => {
    let stop = () => {};
    let gone = false;
    void import("./live").then(({ listen }) => {
      if (!gone) stop = listen();
    });
    return () => {
      gone = true;
      stop();
    };
  }, []);
  useEffect(() => () => layOver(null), []);
  useKeys(GLOBAL_KEYS, {
    command: () => turnOver("command"),
    // What lies over the page has keys of its own.
    map: () => (document.querySelector('[role="dialog"]') ? "left" : turnOver("keys")),
  });
  return (
    <MantineProvider theme={theme} forceColorScheme="light">
      <a className={styles.skip} href="#main">
        {shellText.skip}
      </a>
      <div className={styles.frame}>
        {!phone && <SideBar onCommand={() => layOver("command")} />}
        <main id="main" className={styles.main} tabIndex={-1}>
          <OfflineBar />
          <Suspense>
            <NewVersionBar />
            {viewing && <ViewingBar />}
            <KeptBar bare={bare} />
          </Suspense>
          <Outlet />
        </main>
      </div>
      {phone && !bare && <PhoneTabs onPlus={mayAdd ? () => layOver("plus") : undefined} />}
      <Suspense>
        {over === "plus" && <PlusSheet onClose={close} />}
        {over === "command" && <CommandBar onClose={close} />}
        {over === "keys" && <KeysSheet onClose={close} />}
      </Suspense>
      <ToastHost />
    </MantineProvider>
  );
}
