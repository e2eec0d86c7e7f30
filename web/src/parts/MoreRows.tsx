import { useEffect, useRef } from "react";
import { baseText } from "../text/base";
import { Button } from "./Button";

interface MoreRowsProps {
  has: boolean;
  busy: boolean;
  onMore: () => void;
}

/** Fetches the next page as its place comes into sight; the button is there for those who do not scroll. */
export function MoreRows({ has, busy, onMore }: MoreRowsProps) {
  const place = useRef<HTMLDivElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    if (!has || busy || place.current === null) return;
    const watcher = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current();
      },
      { rootMargin: "400px" },
    );
    watcher.observe(place.current);
    return () => watcher.disconnect();
  }, [has, busy]);
  if (!has) return null;
  return (
    <div ref={place} style={{ display: "flex", justifyContent: "center", padding: 16 }}>
      <Button look="text" busy={busy} onClick={onMore}>
        {baseText.loadMore}
      </Button>
    </div>
  );
}
