import { shareText } from "../../text/share";

interface SharedWordsProps {
  word: keyof typeof shareText.english;
  /** Whether the paper says it in English too. */
  english: boolean;
}

/** A word of the customer's page, in the languages of the paper. */
export function SharedWords({ word, english }: SharedWordsProps) {
  return (
    <span>
      {shareText[word]}
      {english && <span lang="en"> {shareText.english[word]}</span>}
    </span>
  );
}
