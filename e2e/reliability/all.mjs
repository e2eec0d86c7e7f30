// The harnesses in the order in which they run: one line for each.
import * as away from "./away.mjs";
import * as backup from "./backup.mjs";
import * as clock from "./clock.mjs";
import * as disk from "./disk.mjs";
import * as fuzz from "./fuzz.mjs";
import * as hostile from "./hostile.mjs";
import * as kill from "./kill.mjs";
import * as load from "./load.mjs";
import * as newer from "./newer.mjs";
import * as two from "./two.mjs";

export const harnesses = [newer, kill, two, away, disk, clock, hostile, fuzz, load, backup];
