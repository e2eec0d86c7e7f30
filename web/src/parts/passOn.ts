/**
 * Opens the device's own way to pass something on. False: it did not open, because there is none or the press is too long
 * ago, and something else must be offered. A sheet that is closed again without sending is no fault; `done` hears only of
 * what was passed on.
 */
export async function passOn(what: ShareData, done?: () => void): Promise<boolean> {
  if (typeof navigator.share !== "function") return false;
  try {
    await navigator.share(what);
    done?.();
    return true;
  } catch (error) {
    return error instanceof Error && error.name === "AbortError";
  }
}
