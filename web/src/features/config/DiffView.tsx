import type { Diff, DiffItem } from "../../api/types";
import { configKind } from "../../kinds/config/list";
import type { RowReading } from "../../kinds/config/types";
import { Badge } from "../../parts/Badge";
import { EmptyState } from "../../parts/EmptyState";
import { formatMoney, signed, trimZeros } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { configText } from "../../text/config";
import styles from "./DiffView.module.css";

const TONES = { same: "plain", added: "info", changed: "wait", removed: "risk" } as const;

const DIRECTIONS = { raised: configText.raised, lowered: configText.lowered, even: "" };

/** Which way a figure went; told by a word, a sign and a colour. */
function direction(delta: string | null): keyof typeof DIRECTIONS {
  if (delta === null || /^[-+]?0(\.0*)?$/.test(delta)) return "even";
  return delta.startsWith("-") ? "lowered" : "raised";
}

/** What a row says: its figure, or its text where it has none. */
const says = (read: RowReading | null) => (read === null ? "–" : read.value || read.sub);

function reading(kind: string, key: string, content: DiffItem["before"], shown: DiffItem["shown"]) {
  return content === null ? null : (configKind(kind)?.read(key, content, shown) ?? null);
}

/** What is shown of the row as it was, where that is not what is shown of it now. */
function shownBefore({ shown }: DiffItem): DiffItem["shown"] {
  return typeof shown.before === "object" ? { ...shown, ...shown.before } : shown;
}

/** How far a figure went, in its unit: prices in money for a unit of goods, shares in points. */
const stepOf = (kind: string, delta: string, unit: string | undefined) => {
  const size = delta.replace(/^[-+]/, "");
  if (kind !== "price_list") return configText.points(trimZeros(size));
  return [formatMoney(size), unit].filter(Boolean).join("/");
};

/** The rows that somebody must look at before the others; among themselves both stay in their order. */
const watchedFirst = (items: DiffItem[], risks: ReadonlyMap<string, string[]>) => [
  ...items.filter(({ key }) => risks.has(key)),
  ...items.filter(({ key }) => !risks.has(key)),
];

const NONE: ReadonlyMap<string, string[]> = new Map();

interface DiffViewProps {
  kind: string;
  diff: Diff;
  /** What must be acknowledged of a row, by its key: such rows are marked and stand first. */
  risks?: ReadonlyMap<string, string[]>;
}

/** A difference, first in words, then row by row. */
export function DiffView({ kind, diff, risks = NONE }: DiffViewProps) {
  const { counts } = diff;
  const counted = configKind(kind)?.counted ?? configText.rowCount;
  if (counts.added + counts.changed + counts.removed === 0)
    return <EmptyState icon="check" title={configText.noDiff} />;
  const moved = diff.items.some((item) => item.delta !== null);
  return (
    <div>
      <div className={styles.words}>
        <p className={styles.span}>{configText.compared(diff.from_n, diff.to_n)}</p>
        <ul>
          {diff.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className={styles.counts}>
          {configText.counts(counts.added, counts.changed, counts.removed)} ·{" "}
          {configText.same(counted(counts.same))}
        </p>
      </div>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{configText.name}</th>
              <th scope="col">{configText.changes}</th>
              <th scope="col">{configText.before}</th>
              <th scope="col">{configText.after}</th>
              {moved && <th scope="col">{configText.delta}</th>}
            </tr>
          </thead>
          <tbody>
            {watchedFirst(diff.items, risks).map((item) => {
              const told = risks.get(item.key) ?? [];
              const before = reading(kind, item.key, item.before, shownBefore(item));
              const after = reading(kind, item.key, item.after, item.shown);
              const known = after ?? before;
              return (
                <tr
                  key={item.key}
                  className={item.far || item.below_cost !== null || told.length > 0 ? styles.far : undefined}
                >
                  <th scope="row">
                    {known?.title ?? item.key}
                    {known?.sub && known.value !== "" && <small>{known.sub}</small>}
                    {item.far && (
                      <small className={styles.cost}>
                        <Icon name="warning" size={14} />
                        {configText.far}
                      </small>
                    )}
                    {!item.far && told.length > 0 && (
                      <small className={styles.cost}>
                        <Icon name="warning" size={14} />
                        {configText.toCheck}
                      </small>
                    )}
                    {told.map((sentence) => (
                      <small key={sentence}>{sentence}</small>
                    ))}
                    {item.below_cost !== null && (
                      <small className={styles.cost}>
                        <Icon name="warning" size={14} />
                        {item.below_cost}
                      </small>
                    )}
                  </th>
                  <td>
                    <Badge tone={TONES[item.change]}>
                      {item.change !== "same" && configText[item.change]}
                    </Badge>
                  </td>
                  <td className={styles.before}>{says(before)}</td>
                  <td className={styles.after}>{says(after)}</td>
                  {moved && (
                    <td className={`${styles.delta} ${styles[direction(item.delta)] ?? ""}`}>
                      {item.delta !== null &&
                        `${DIRECTIONS[direction(item.delta)]} ${stepOf(kind, item.delta, known?.unit)}`}
                      {item.delta_percent !== null && <small>{signed(trimZeros(item.delta_percent))}%</small>}
                    </td>
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
