import type { LineOwn } from "../../api/types";
import { agreeingText } from "../../text/agreeing";

type OwnKind = keyof typeof agreeingText.ownKinds;

/** What stands quietly beneath the name of something outside the catalogue; who supplies it is told inside only. */
export const ownDetail = (own: LineOwn) =>
  [
    agreeingText.ownKinds[own.kind as OwnKind],
    own.spec,
    own.supplier && agreeingText.suppliedBy(own.supplier),
  ]
    .filter(Boolean)
    .join(" · ");
