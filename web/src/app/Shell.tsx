import "./kit.css";
import { MantineProvider } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { meQuery, useRight } from "../api/session";
import { OfflineBar } from "../parts/OfflineBar";
import { ToastHost } from "../parts/ToastHost";
import { useIsPhone } from "../parts/useIsPhone";
import { shellText } from "../text/shell";
import { PhoneTabs } from "./PhoneTabs";
import styles from "./Shell.module.css";
import { SideBar } from "./SideBar";
import { theme } from "./theme";
import { useCommandKey } from "./useCommandKey";

const CommandBar = lazy(() => import("./CommandBar").then((file) => ({ default: file.CommandBar })));
const KeptBar = lazy(() => import("../features/quotes/KeptBar").then((file) => ({ default: file.KeptBar })));
const ViewingBar = lazy(() =>
  import("../features/access/ViewingBar").then((file) => ({ default: file.ViewingBar })),
);
const PlusSheet = lazy(() => import("./PlusSheet").then((file) => ({ default: file.PlusSheet })));

/** The frame around every screen of a signed-in person. */
export function Shell() {
  const phone = useIsPhone();
  const viewing = Boolean(useQuery(meQuery).data?.viewing);
  const mayQuote = useRight("quote.write");
  const mayAdd = useRight("customer.write") || mayQuote;
  const [commanding, setCommanding] = useState(false);
  const [adding, setAdding] = useState(false);
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
  useCommandKey(() => setCommanding((open) => !open));
  return (
    <MantineProvider theme={theme} forceColorScheme="light">
      <a className={styles.skip} href="#main">
        {shellText.skip}
      </a>
      <div className={styles.frame}>
        {!phone && <SideBar onCommand={() => setCommanding(true)} />}
        <main id="main" className={styles.main} tabIndex={-1}>
          <OfflineBar />
          <Suspense>
            {viewing && <ViewingBar />}
            <KeptBar bare={bare} />
          </Suspense>
          <Outlet />
        </main>
      </div>
      {phone && !bare && <PhoneTabs onPlus={mayAdd ? () => setAdding(true) : undefined} />}
      <Suspense>
        {adding && <PlusSheet onClose={() => setAdding(false)} />}
        {commanding && <CommandBar onClose={() => setCommanding(false)} />}
      </Suspense>
      <ToastHost />
    </MantineProvider>
  );
}
