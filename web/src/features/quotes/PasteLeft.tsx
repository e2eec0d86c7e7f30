import { IconButton } from "../../parts/IconButton";
import { baseText } from "../../text/base";
import { quotesText } from "../../text/quotes";
import styles from "./PasteLeft.module.css";
import type { PastedLine } from "./paste";

/** Pasted names that no single product fits; a press searches one of them. */
export function PasteLeft({
  left,
  onChoose,
  onClose,
}: {
  left: PastedLine[];
  onChoose: (line: PastedLine) => void;
  onClose: () => void;
}) {
  return (
    <div className={styles.box} role="status">
      <p>{quotesText.pasteUnknown(left.length)}</p>
      <IconButton icon="close" label={baseText.close} onClick={onClose} />
      <ul>
        {left.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same name may be pasted twice.
          <li key={`${line.term} ${index}`}>
            <button type="button" onClick={() => onChoose(line)}>
              {line.term} <small>× {line.qty}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
