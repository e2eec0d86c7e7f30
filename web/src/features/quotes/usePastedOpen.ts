import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { meQuery } from "../../api/session";
import { serverNow } from "../../parts/format";
import { keepPasted, pastedKept } from "../../parts/kept";
import type { PastedChoice } from "./pastedLines";

export type ChangeOpen = (update: (now: PastedChoice[]) => PastedChoice[]) => void;

/** Pasted lines that are not in the draft yet; this device keeps them with the draft over reloads. */
export function usePastedOpen(quote: number) {
  const cache = useQueryClient();
  const [person] = useState(() => cache.getQueryData(meQuery.queryKey)?.id ?? 0);
  const [open, setOpen] = useState<PastedChoice[]>([]);
  const [known, setKnown] = useState(false);
  useEffect(() => {
    let gone = false;
    void pastedKept<PastedChoice>(person, quote, serverNow()).then((kept) => {
      if (gone) return;
      setOpen((now) => [...kept.filter(({ id }) => !now.some((one) => one.id === id)), ...now]);
      setKnown(true);
    });
    return () => {
      gone = true;
    };
  }, [person, quote]);
  // Nothing is written before what was kept is known, so that neither is lost.
  useEffect(() => {
    if (known) void keepPasted(person, quote, open, serverNow());
  }, [person, quote, open, known]);
  const change: ChangeOpen = useCallback((update) => setOpen(update), []);
  return { open, change };
}
