import type { QuoteOptions } from "../../api/types";
import { Choice } from "../../parts/Field";
import { agreeingText } from "../../text/agreeing";

interface SnippetsProps {
  snippets: QuoteOptions["snippets"];
  onPick: (text: string) => void;
}

/** Texts kept ready; the chosen one goes below what the notes say. */
export function Snippets({ snippets, onPick }: SnippetsProps) {
  if (snippets.length === 0) return null;
  return (
    <Choice
      label={agreeingText.snippets}
      value=""
      onChange={(event) => {
        const picked = snippets.find((one) => one.name === event.target.value);
        if (picked) onPick(picked.text);
      }}
    >
      <option value="">{agreeingText.pickSnippet}</option>
      {snippets.map((one) => (
        <option key={one.name}>{one.name}</option>
      ))}
    </Choice>
  );
}
