import type { DiffItem } from "../../api/types";
import { configKind } from "../../kinds/config/list";
import type { RowReading } from "../../kinds/config/types";
import { Badge } from "../../parts/Badge";
import { formatMoney, signed, trimZeros } from "../../parts/format";
import { Icon } from "../../parts/Icon";
import { configText } from "../../text/config";
import { type Blocked, NOTHING_BLOCKS } from "./blockedRows";
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

/** A figure stays on one line; a text may take several. */
const figureOf = (read: RowReading | null) => (read?.value ? (styles.figure ?? "") : "");

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

/** The rows that block, then those that somebody must look at, then the others; each of them in their order. */
const watchedFirst = (items: DiffItem[], blocked: Blocked) => {
  const rank = ({ key, risks }: DiffItem) => (blocked.has(key) ? 0 : risks.length > 0 ? 1 : 2);
  return [...items].sort((one, other) => rank(one) - rank(other));
};

/** Whether a row tells by itself why it must be looked at: how far it went, or that it lies below cost. */
const tells = (item: DiffItem, code: string) =>
  (code === "price_jump" && item.far) || (code === "below_cost" && item.below_cost !== null);

/** The rows of a difference; those that must be looked at are marked and stand first. */
export function DiffTable({
  kind,
  items,
  blocked = NOTHING_BLOCKS,
}: {
  kind: string;
  items: DiffItem[];
  /** Why a row keeps the draft from going on. */
  blocked?: Blocked;
}) {
  const moved = items.some((item) => item.delta !== null);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself is reached by the keyboard too
    <section className={styles.scroll} aria-label={configText.tabDiff} tabIndex={0}>
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
          {watchedFirst(items, blocked).map((item) => (
            <DiffRow key={item.key} kind={kind} item={item} moved={moved} blocked={blocked.get(item.key)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface DiffRowProps {
  kind: string;
  item: DiffItem;
  moved: boolean;
  blocked: string | undefined;
}

function DiffRow({ kind, item, moved, blocked }: DiffRowProps) {
  const before = reading(kind, item.key, item.before, shownBefore(item));
  const after = reading(kind, item.key, item.after, item.shown);
  const known = after ?? before;
  const watched = item.risks.length > 0;
  const told = item.risks.filter(({ code }) => !tells(item, code));
  return (
    <tr className={item.far || item.below_cost !== null || watched || blocked ? styles.far : undefined}>
      <th scope="row">
        {known?.title ?? item.key}
        {known?.sub && known.value !== "" && <small>{known.sub}</small>}
        {blocked !== undefined && (
          <>
            <Watch words={configText.mustMend} blocks />
            <small>{blocked}</small>
          </>
        )}
        {(item.far || watched) && <Watch words={item.far ? configText.far : configText.toCheck} />}
        {told.map(({ sentence }) => (
          <small key={sentence}>{sentence}</small>
        ))}
        {item.below_cost !== null && <Watch words={item.below_cost} />}
      </th>
      <td>
        <Badge tone={TONES[item.change]}>{item.change !== "same" && configText[item.change]}</Badge>
      </td>
      <td className={`${styles.before} ${figureOf(before)}`}>{says(before)}</td>
      <td className={`${styles.after} ${figureOf(after)}`}>{says(after)}</td>
      {moved && (
        <td className={`${styles.delta} ${styles[direction(item.delta)] ?? ""}`}>
          {item.delta !== null &&
            `${DIRECTIONS[direction(item.delta)]} ${stepOf(kind, item.delta, known?.unit)}`}
          {item.delta_percent !== null && <small>{signed(trimZeros(item.delta_percent))}%</small>}
        </td>
      )}
    </tr>
  );
}

function Watch({ words, blocks = false }: { words: string; blocks?: boolean }) {
  return (
    <small className={blocks ? styles.blocks : styles.cost}>
      <Icon name="warning" size={14} />
      {words}
    </small>
  );
}
