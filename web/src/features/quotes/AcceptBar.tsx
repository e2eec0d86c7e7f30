import { useEffect, useState } from "react";
import { Button } from "../../parts/Button";
import { formatMoney } from "../../parts/format";
import { sharedPageText } from "../../text/sharedPage";
import styles from "./SharedQuotePage.module.css";

/** Under the thumb while the form is out of sight: what it comes to, and the way to the form. */
export function AcceptBar({ formId, net }: { formId: string; net: string }) {
  const [away, setAway] = useState(false);
  useEffect(() => {
    const form = document.getElementById(formId);
    if (form === null || typeof IntersectionObserver === "undefined") return;
    const watch = new IntersectionObserver(([entry]) =>
      setAway(entry !== undefined && !entry.isIntersecting),
    );
    watch.observe(form);
    return () => watch.disconnect();
  }, [formId]);
  if (!away) return null;
  return (
    <div className={styles.bar} data-noprint>
      <b className="number">{formatMoney(net)}</b>
      <Button
        look="primary"
        onClick={() => {
          const form = document.getElementById(formId);
          form?.scrollIntoView({ block: "start", behavior: "smooth" });
          form?.querySelector<HTMLInputElement>("input")?.focus({ preventScroll: true });
        }}
      >
        {sharedPageText.acceptGo}
      </Button>
    </div>
  );
}
