import { useEffect, useRef } from "react";

/** Acts once each time the network is back. */
export function useWhenOnline(act: () => void) {
  const newest = useRef(act);
  newest.current = act;
  useEffect(() => {
    const back = () => newest.current();
    window.addEventListener("online", back);
    return () => window.removeEventListener("online", back);
  }, []);
}
