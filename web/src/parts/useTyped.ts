import { useState } from "react";

/** Whether a form says something else than when it was opened; `value` is what stands in it. */
export function useTyped(value: unknown): boolean {
  const said = JSON.stringify(value);
  const [first] = useState(said);
  return said !== first;
}
