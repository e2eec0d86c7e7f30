import { Choice, TextField } from "../../../parts/Field";
import { listsText } from "../../../text/lists";
import type { Rule } from "./rule";

const words = listsText.rule;

interface RuleFiguresProps {
  rule: Rule;
  set: (patch: Partial<Rule>) => void;
  fault: (name: "price" | "percent" | "plus", sentence: string) => string | undefined;
}

/** The price, or what the formula takes. */
export function RuleFigures({ rule, set, fault }: RuleFiguresProps) {
  return (
    <>
      <Choice
        label={words.gives}
        error={rule.goods === "all" ? fault("price", words.allByFormula) : undefined}
        value={rule.fixed ? "price" : rule.of}
        onChange={(event) => {
          const value = event.target.value;
          if (value === "price") set({ fixed: true });
          else set({ fixed: false, of: value === "cost" ? "cost" : "base" });
        }}
      >
        <option value="base">{words.ofs.base}</option>
        <option value="cost">{words.ofs.cost}</option>
        <option value="price">{words.fixed}</option>
      </Choice>
      {rule.fixed ? (
        <TextField
          label={words.price}
          inputMode="decimal"
          error={rule.goods === "all" ? undefined : fault("price", words.badFigure)}
          value={rule.price}
          maxLength={16}
          onChange={(event) => set({ price: event.target.value })}
        />
      ) : (
        <>
          <TextField
            label={words.percent}
            hint={words.percentHint}
            inputMode="decimal"
            error={fault("percent", words.badPercent)}
            value={rule.percent}
            maxLength={8}
            onChange={(event) => set({ percent: event.target.value })}
          />
          <TextField
            label={words.plus}
            optional
            inputMode="decimal"
            error={fault("plus", words.badFigure)}
            value={rule.plus}
            maxLength={16}
            onChange={(event) => set({ plus: event.target.value })}
          />
        </>
      )}
    </>
  );
}
