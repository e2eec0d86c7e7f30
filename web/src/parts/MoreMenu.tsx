import { Popover } from "@mantine/core";
import { useState } from "react";
import { Button } from "./Button";
import { Icon, type IconName } from "./Icon";
import { IconButton } from "./IconButton";
import styles from "./MoreMenu.module.css";

export interface MenuAction {
  word: string;
  icon: IconName;
  danger?: boolean;
  act: () => void;
}

interface MoreMenuProps {
  label: string;
  actions: MenuAction[];
  /** A button with the label as its word instead of three dots. */
  icon?: IconName;
}

/** Several actions behind one button: three dots for the rarer and the dangerous ones, or a word. */
export function MoreMenu({ label, actions, icon }: MoreMenuProps) {
  const [open, setOpen] = useState(false);
  if (actions.length === 0) return null;
  const turn = () => setOpen((now) => !now);
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      position={icon ? "bottom-start" : "bottom-end"}
      trapFocus
      returnFocus
      radius={12}
      transitionProps={{ duration: 120 }}
    >
      <Popover.Target>
        {icon ? (
          <Button small icon={icon} onClick={turn}>
            {label}
          </Button>
        ) : (
          <IconButton icon="dots" label={label} onClick={turn} />
        )}
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
