import { type KeyboardEvent, useEffect, useState } from "react";

/** Moves a mark through a list of `count` choices by arrow keys; Enter picks the marked one. */
export function useListKeys(count: number, onPick: (index: number) => void, onEscape?: () => void) {
  const [active, setActive] = useState(0);
  useEffect(() => {
    setActive((now) => Math.min(now, Math.max(0, count - 1)));
  }, [count]);
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes Chinese, Enter and the arrows belong to it.
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" && count > 0) {
      event.preventDefault();
      setActive((active + 1) % count);
    } else if (event.key === "ArrowUp" && count > 0) {
      event.preventDefault();
      setActive((active + count - 1) % count);
    } else if (event.key === "Enter" && count > 0) {
      event.preventDefault();
      onPick(active);
    } else if (event.key === "Escape" && onEscape) {
      event.stopPropagation();
      onEscape();
    }
  };
  return { active, setActive, onKeyDown };
}
