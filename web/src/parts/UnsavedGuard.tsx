import { useBlocker } from "@tanstack/react-router";
import { baseText } from "../text/base";
import { Button } from "./Button";
import { Sheet } from "./Sheet";

/** Asks before what was typed and not saved is lost. */
export function UnsavedGuard({ dirty }: { dirty: boolean }) {
  const blocker = useBlocker({
    // Another tab of the same page keeps what is not saved.
    shouldBlockFn: ({ current, next }) => dirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  return (
    <Sheet
      open={blocker.status === "blocked"}
      onClose={() => blocker.reset?.()}
      title={baseText.unsavedTitle}
      footer={
        <>
          <Button look="danger" onClick={() => blocker.proceed?.()}>
            {baseText.unsavedLeave}
          </Button>
          <Button look="primary" onClick={() => blocker.reset?.()}>
            {baseText.unsavedStay}
          </Button>
        </>
      }
    >
      <p>{baseText.unsavedBody}</p>
    </Sheet>
  );
}
