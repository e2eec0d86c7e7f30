import { useQuery } from "@tanstack/react-query";
import { Link, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { signedOut } from "../../api/client";
import { meQuery } from "../../api/session";
import { Button, buttonClass } from "../../parts/Button";
import { formatMoment, serverNow } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { dropKept, forgetOthers, type Kept, keptOf, leftBehind, putBack } from "../../parts/kept";
import { hearTabs, typingTabs } from "../../parts/tabs";
import { toast } from "../../parts/toast";
import { useIsPhone } from "../../parts/useIsPhone";
import { keptText } from "../../text/kept";
import styles from "./KeptOffer.module.css";

const SHOWN = 3;
/** A page that is left sends the last it has; what is on its way is not lost yet. */
const SETTLE_MS = 1000;

/**
 * On every screen but a quotation (there it is `bare`): what this person typed on this device and the server never got.
 * When another tab signs out, what is shown here is nobody's any more.
 */
export function KeptBar({ bare }: { bare: boolean }) {
  const phone = useIsPhone();
  const person = useQuery(meQuery).data?.id;
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [left, setLeft] = useState<Kept<unknown>[]>([]);
  useEffect(() => hearTabs((word) => word.kind === "signed_out" && signedOut()), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that is left may have left something behind.
  useEffect(() => {
    if (person === undefined) return;
    let gone = false;
    const look = async () => {
      await forgetOthers(person);
      const all = await keptOf(person);
      // An open tab looks after its own.
      const open = all.length > 0 ? new Set((await typingTabs()).keys()) : new Set<string>();
      if (!gone) setLeft(leftBehind(all, person, open, serverNow()));
    };
    const timer = setTimeout(look, SETTLE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [person, path]);
  const drop = (kept: Kept<unknown>) => {
    void dropKept(kept);
    setLeft((all) => all.filter((one) => one !== kept));
    const back = () => {
      void putBack(kept);
      setLeft((all) => [kept, ...all]);
    };
    toast(keptText.dropped, { action: { word: keptText.undo, act: back } });
  };
  const [first] = left;
  if (bare || first === undefined) return null;
  const goOn = (kept: Kept<unknown>) => (
    <Link
      to="/quotes/$quoteId"
      params={{ quoteId: String(kept.quote) }}
      className={buttonClass("plain", false, true)}
    >
      {keptText.open}
    </Link>
  );
  // On a phone one line that leads to the first; what becomes of it is decided there, and then the next one stands here.
  if (phone)
    return (
      <div role="region" aria-label={keptText.bar} className={styles.line} data-noprint>
        <p>{keptText.barLine(first.title, left.length)}</p>
        {goOn(first)}
      </div>
    );
  return (
    <div role="region" aria-label={keptText.bar} data-noprint>
      {left.slice(0, SHOWN).map((kept) => (
        <div key={`${kept.quote} ${kept.tab}`} className={styles.bar}>
          <p>
            <Icon name="history" size={18} />
            {keptText.barOne(kept.title, formatMoment(kept.at))}
          </p>
          {goOn(kept)}
          <Button small look="text" onClick={() => drop(kept)}>
            {keptText.drop}
          </Button>
        </div>
      ))}
    </div>
  );
}
