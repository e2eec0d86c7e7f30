import { useSyncExternalStore } from "react";

// Paper is no phone, however narrow it is.
const query = () => window.matchMedia("screen and (max-width: 767px)");

const subscribe = (tell: () => void) => {
  const list = query();
  list.addEventListener("change", tell);
  return () => list.removeEventListener("change", tell);
};

/** Whether the screen is as narrow as a phone's. */
export const useIsPhone = () => useSyncExternalStore(subscribe, () => query().matches);
