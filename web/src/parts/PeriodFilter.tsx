import { lazy, Suspense, useState } from "react";
import { baseText } from "../text/base";
import { Button } from "./Button";
import { FilterChip } from "./FilterChip";
import { addDays, formatDay, today } from "./format";
import styles from "./PeriodFilter.module.css";

const DayInput = lazy(() => import("./DayInput").then((file) => ({ default: file.DayInput })));

interface Period {
  from?: string;
  to?: string;
}

function words({ from, to }: Period): string | undefined {
  if (from && to) return from === to ? formatDay(from) : baseText.periodRange(formatDay(from), formatDay(to));
  if (from) return baseText.periodSince(formatDay(from));
  return to ? baseText.periodBefore(formatDay(to)) : undefined;
}

type PeriodFilterProps = Period & { onChange: (period: Period) => void };

/** A filter by days: the usual spans at one tap, any other by two dates. */
export function PeriodFilter(props: PeriodFilterProps) {
  // Days that arrive by a link or are cleared elsewhere begin anew.
  return <Spans key={`${props.from} ${props.to}`} {...props} />;
}

function Spans({ from, to, onChange }: PeriodFilterProps) {
  const [own, setOwn] = useState<Period>({ from, to });
  const now = today();
  const spans = [
    { word: baseText.periodToday, from: now },
    { word: baseText.periodWeek, from: addDays(now, -6) },
    { word: baseText.periodMonth, from: `${now.slice(0, 7)}-01` },
    { word: baseText.periodQuarter, from: addDays(now, -89) },
  ];
  return (
    <FilterChip label={baseText.period} chosen={words({ from, to })} onClear={() => onChange({})}>
      {(close) => {
        const choose = (period: Period) => {
          onChange(period);
          setOwn(period);
          close();
        };
        return (
          <div className={styles.choices}>
            <div className={styles.spans}>
              {spans.map((span) => (
                <Button key={span.word} onClick={() => choose({ from: span.from, to: now })}>
                  {span.word}
                </Button>
              ))}
            </div>
            <Suspense>
              <DayInput
                label={baseText.from}
                value={own.from ?? null}
                max={own.to}
                onChange={(day) => setOwn({ ...own, from: day ?? undefined })}
                clearable
              />
              <DayInput
                label={baseText.until}
                value={own.to ?? null}
                min={own.from}
                onChange={(day) => setOwn({ ...own, to: day ?? undefined })}
                clearable
              />
            </Suspense>
            <Button look="primary" block onClick={() => choose(own)}>
              {baseText.apply}
            </Button>
          </div>
        );
      }}
    </FilterChip>
  );
}
