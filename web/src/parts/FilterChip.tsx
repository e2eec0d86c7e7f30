import { Popover } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { baseText } from "../text/base";
import styles from "./FilterChip.module.css";
import { Icon } from "./Icon";
import { Sheet } from "./Sheet";
import { useIsPhone } from "./useIsPhone";

interface FilterChipProps {
  label: string;
  /** What is chosen, as a word; absent while nothing is. */
  chosen: string | undefined;
  onClear: () => void;
  children: (close: () => void) => ReactNode;
}

/** One filter above a list: says what it holds, opens its choices, and can be taken away. */
export function FilterChip({ label, chosen, onClear, children }: FilterChipProps) {
  const phone = useIsPhone();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const word = (
    <button type="button" className={styles.word} onClick={() => setOpen((now) => !now)}>
      {chosen === undefined ? label : baseText.pair(label, chosen)}
      {chosen === undefined && <Icon name="down" size={14} />}
    </button>
  );
  const target = phone ? word : <Popover.Target>{word}</Popover.Target>;
  const chip = (
    <span
      className={chosen === undefined ? styles.chip : `${styles.chip} ${styles.on}`}
      data-noprint={chosen === undefined || undefined}
    >
      {target}
      {chosen !== undefined && (
        <button
          type="button"
          className={styles.clear}
          aria-label={`${baseText.clear}${label}`}
          onClick={onClear}
        >
          <Icon name="close" size={14} />
        </button>
      )}
    </span>
  );
  if (phone) {
    return (
      <>
        {chip}
        <Sheet open={open} onClose={close} title={label}>
          {children(close)}
        </Sheet>
      </>
    );
  }
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      radius={12}
      transitionProps={{ duration: 120 }}
    >
      {chip}
      <Popover.Dropdown className={styles.drop}>{children(close)}</Popover.Dropdown>
    </Popover>
  );
}
