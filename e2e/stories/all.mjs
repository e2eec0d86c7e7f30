// The stories, in the order in which they are told. One file each.
import { stories as signingIn } from "./signing_in.mjs";

export const stories = [...signingIn];
