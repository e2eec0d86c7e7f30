import { Link } from "@tanstack/react-router";
import { buttonClass } from "../parts/Button";
import { EmptyState } from "../parts/EmptyState";
import { baseText } from "../text/base";

/** A link that leads nowhere. */
export function BareMissing() {
  return (
    <main>
      <EmptyState icon="search" title={baseText.notFoundPage} hint={baseText.notFoundHint}>
        <Link to="/" className={buttonClass("primary")}>
          {baseText.goToday}
        </Link>
      </EmptyState>
    </main>
  );
}
