import { sharedPageText } from "../../text/sharedPage";

interface SharedWordsProps {
  word: keyof typeof sharedPageText.english;
  /** Whether the paper says it in English too. */
  english: boolean;
}

/** A word of the customer's page, in the languages of the paper. */
export function SharedWords({ word, english }: SharedWordsProps) {
  return (
    <span>
      {sharedPageText[word]}
      {english && <span lang="en"> {sharedPageText.english[word]}</span>}
    </span>
  );
}
