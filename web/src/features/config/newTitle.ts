import { formatDay, today } from "../../parts/format";
import { configText } from "../../text/config";

/** A draft's title has at most so many letters. */
const TITLE_MAX = 60;

/**
 * What is changed, when and by whom: the item first, which is what one looks for. A name that is too long gives way,
 * since day and person tell two drafts of one list apart.
 */
export function titleOf(name: string, who: string, day = today()): string {
  const rest = configText.newDraftTitle("", who, formatDay(day)).length;
  const kept = name.slice(0, Math.max(0, TITLE_MAX - rest));
  return configText.newDraftTitle(kept, who, formatDay(day)).slice(0, TITLE_MAX);
}
