// The harnesses in the order in which they run: one line for each.
import * as away from "./away.mjs";
import * as kill from "./kill.mjs";
import * as newer from "./newer.mjs";
import * as two from "./two.mjs";

export const harnesses = [newer, kill, two, away];
