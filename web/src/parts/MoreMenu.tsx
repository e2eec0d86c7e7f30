import { Popover } from "@mantine/core";
import { useState } from "react";
import { Icon, type IconName } from "./Icon";
import { IconButton } from "./IconButton";
import styles from "./MoreMenu.module.css";

export interface MenuAction {
  word: string;
  icon: IconName;
  danger?: boolean;
  act: () => void;
}

/** The rarer and the dangerous actions, behind three dots. */
export function MoreMenu({ label, actions }: { label: string; actions: MenuAction[] }) {
  const [open, setOpen] = useState(false);
  if (actions.length === 0) return null;
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position="bottom-end"
      trapFocus
      returnFocus
      radius={12}
      transitionProps={{ duration: 120 }}
    >
      <Popover.Target>
        <IconButton icon="dots" label={label} onClick={() => setOpen((now) => !now)} />
      </Popover.Target>
      <Popover.Dropdown className={styles.drop} aria-label={label}>
        {actions.map((action) => (
          <button
            key={action.word}
            type="button"
            className={action.danger ? `${styles.action} ${styles.danger}` : styles.action}
            onClick={() => {
              setOpen(false);
              action.act();
            }}
          >
            <Icon name={action.icon} size={16} />
            {action.word}
          </button>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}
