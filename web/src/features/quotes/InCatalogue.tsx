import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { productLabel } from "../../parts/productLabel";
import { agreeingText } from "../../text/agreeing";
import type { ChangeDraft } from "./useQuoteDraft";

type Problem = Quote["problems"][number];

/** That the line is goods of the catalogue, typed as standing outside it; nothing when it is not. */
export const inCatalogue = (problems: Quote["problems"], line: string) =>
  problems.find((one) => one.line_id === line && one.code === "in_catalogue");

interface InCatalogueProps {
  /** The id of the line. */
  line: string;
  problem: Problem;
  className: string | undefined;
  change: ChangeDraft;
}

/** Which product the line is, and the button that takes it from the catalogue: quantity and note stay. */
export function InCatalogue({ line, problem, className, change }: InCatalogueProps) {
  const { product } = problem;
  if (!product)
    return (
      <p className={className} role="alert">
        <Icon name="warning" size={16} />
        <span>{problem.detail}</span>
      </p>
    );
  const named = productLabel(product);
  return (
    <p className={className} role="alert">
      <Icon name="warning" size={16} />
      <span>{agreeingText.inCatalogue(named)}</span>
      <Button
        small
        aria-label={agreeingText.takeListedFor(named)}
        onClick={() => change({ kind: "swap", id: line, product })}
      >
        {agreeingText.takeListed}
      </Button>
    </p>
  );
}
