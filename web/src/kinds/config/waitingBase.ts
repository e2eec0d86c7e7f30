import { createContext } from "react";

/** The number of the version on which the draft goes on, while that waits for its moment; else null. */
export const WaitingBase = createContext<number | null>(null);
