import { type KeyboardEvent, useEffect, useState } from "react";
import { pressed } from "./keys";
import { LIST_KEYS } from "./listKeys";

/** Moves a mark through a list of `count` choices by arrow keys; Enter picks the marked one. */
export function useListKeys(count: number, onPick: (index: number) => void, onEscape?: () => void) {
  const [active, setActive] = useState(0);
  useEffect(() => {
    setActive((now) => Math.min(now, Math.max(0, count - 1)));
  }, [count]);
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes Chinese, Enter and the arrows belong to it.
    if (event.nativeEvent.isComposing) return;
    const name = pressed(LIST_KEYS, event);
    if (name === "down" && count > 0) {
      event.preventDefault();
      setActive((active + 1) % count);
    } else if (name === "up" && count > 0) {
      event.preventDefault();
      setActive((active + count - 1) % count);
    } else if (name === "pick" && count > 0) {
      event.preventDefault();
      onPick(active);
    } else if (name === "close" && onEscape) {
      event.stopPropagation();
      onEscape();
    }
  };
  return { active, setActive, onKeyDown };
}
