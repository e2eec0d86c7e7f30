import "./kit.css";
import { MantineProvider } from "@mantine/core";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
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
const PlusSheet = lazy(() => import("./PlusSheet").then((file) => ({ default: file.PlusSheet })));

/** The frame around every screen of a signed-in person. */
export function Shell() {
  const phone = useIsPhone();
  const [commanding, setCommanding] = useState(false);
  const [adding, setAdding] = useState(false);
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
          <Outlet />
        </main>
      </div>
      {phone && <PhoneTabs onPlus={() => setAdding(true)} />}
      <Suspense>
        {adding && <PlusSheet onClose={() => setAdding(false)} />}
        {commanding && <CommandBar onClose={() => setCommanding(false)} />}
      </Suspense>
      <ToastHost />
    </MantineProvider>
  );
}
