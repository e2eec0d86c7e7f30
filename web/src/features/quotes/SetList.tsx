import { useState } from "react";
import type { QuoteSetRow } from "../../api/types";
import { EmptyState } from "../../parts/EmptyState";
import { TextField } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { type MenuAction, MoreMenu } from "../../parts/MoreMenu";
import { setsText } from "../../text/sets";
import styles from "./Sets.module.css";
import { useSetActions } from "./useSetActions";

const FIND_FROM = 9;

interface SetListProps {
  sets: QuoteSetRow[];
  onOpen: (set: QuoteSetRow) => void;
  onEdit: (set: QuoteSetRow) => void;
}

/** One's own lists in their order, and below those that colleagues share. */
export function SetList({ sets, onOpen, onEdit }: SetListProps) {
  const [text, setText] = useState("");
  const { move, remove } = useSetActions(sets);
  if (sets.length === 0) {
    return <EmptyState icon="table" title={setsText.none} hint={setsText.noneHint} />;
  }
  const found = sets.filter(({ name, first_product }) =>
    `${name} ${first_product ?? ""}`.toLowerCase().includes(text.trim().toLowerCase()),
  );
  const mine = found.filter((set) => set.mine);
  const shared = found.filter((set) => !set.mine);
  const actionsOf = (set: QuoteSetRow) => {
    const actions: MenuAction[] = [];
    if (!set.may_change) return actions;
    actions.push({ word: setsText.edit, icon: "edit", act: () => onEdit(set) });
    if (set.mine && text === "") {
      const place = mine.indexOf(set);
      if (place > 0) actions.push({ word: setsText.up, icon: "up", act: () => move(set.id, -1) });
      if (place < mine.length - 1)
        actions.push({ word: setsText.down, icon: "fall", act: () => move(set.id, 1) });
    }
    actions.push({ word: setsText.remove, icon: "trash", danger: true, act: () => remove(set) });
    return actions;
  };
  const rows = (some: QuoteSetRow[]) => (
    <ul className={styles.list}>
      {some.map((set) => (
        <SetRow key={set.id} set={set} actions={actionsOf(set)} onOpen={() => onOpen(set)} />
      ))}
    </ul>
  );
  return (
    <>
      {sets.length >= FIND_FROM && (
        <TextField
          label={setsText.find}
          value={text}
          maxLength={40}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      {mine.length > 0 && (
        <>
          <h3 className={styles.head}>{setsText.mine}</h3>
          {rows(mine)}
        </>
      )}
      {shared.length > 0 && (
        <>
          <h3 className={styles.head}>{setsText.shared}</h3>
          {rows(shared)}
        </>
      )}
    </>
  );
}

interface SetRowProps {
  set: QuoteSetRow;
  actions: MenuAction[];
  onOpen: () => void;
}

function SetRow({ set, actions, onOpen }: SetRowProps) {
  const facts = [
    setsText.content(set.first_product, set.line_count),
    set.area !== null && setsText.areaOf(set.area),
    set.mine ? set.shared && setsText.sharedWith(set.shared.name) : setsText.by(set.owner.name),
  ];
  return (
    <li className={styles.row}>
      <button type="button" className={styles.open} onClick={onOpen}>
        <span className={styles.text}>
          <b>{set.name}</b>
          <small>{facts.filter(Boolean).join(" · ")}</small>
        </span>
        <Icon name="right" size={16} />
      </button>
      <MoreMenu label={setsText.more(set.name)} actions={actions} />
    </li>
  );
}
