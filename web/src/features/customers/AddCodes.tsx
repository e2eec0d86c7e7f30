import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { ProductRow } from "../../api/types";
import { TextArea, TextField } from "../../parts/Field";
import { ProblemNote } from "../../parts/ProblemNote";
import { ProductPick } from "../../parts/ProductPick";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { useTyped } from "../../parts/useTyped";
import { baseText } from "../../text/base";
import { customersText } from "../../text/customers";
import { codesOfList } from "./codesOfList";

const words = customersText.codes;

/** A code for a product, said by its id or by our own code. */
export interface NewCode {
  product_id?: number;
  product_code?: string;
  code: string;
}

interface AddCodesProps {
  pasting: boolean;
  busy: boolean;
  error: Error | null;
  onClose: () => void;
  onPut: (put: NewCode[]) => void;
}

/** One code with its product, or a list of both from Excel. */
export function AddCodes({ pasting, busy, error, onClose, onPut }: AddCodesProps) {
  const [picked, setPicked] = useState<ProductRow | null>(null);
  const [code, setCode] = useState("");
  const [list, setList] = useState("");
  const typed = useTyped([picked, code, list]);
  const [asked, setAsked] = useState(false);
  const read = codesOfList(list);
  const complete = pasting ? read.put.length > 0 && read.bad.length === 0 : picked !== null && code.trim();
  const save = () => {
    setAsked(true);
    if (!complete) return;
    if (pasting) onPut(read.put);
    else if (picked) onPut([{ product_id: picked.id, code: code.trim() }]);
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={pasting ? words.paste : words.add}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} busy={busy} onClick={save}>
          {baseText.save}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 16 }}>
        {pasting ? (
          <TextArea
            label={words.pasteLabel}
            hint={words.pasteHint}
            error={
              read.bad.length > 0
                ? words.badLines(read.bad)
                : asked && read.put.length === 0
                  ? words.nothing
                  : undefined
            }
            rows={10}
            value={list}
            onChange={(event) => setList(event.target.value)}
            data-autofocus
          />
        ) : (
          <>
            <ProductPick
              picked={picked}
              error={asked && picked === null ? words.pickProduct : undefined}
              onPick={setPicked}
            />
            <TextField
              label={words.code}
              error={asked && code.trim() === "" ? words.codeMissing : undefined}
              value={code}
              maxLength={40}
              onChange={(event) => setCode(event.target.value)}
            />
          </>
        )}
        {error && <ProblemNote problem={asProblem(error)} />}
      </div>
    </Sheet>
  );
}
