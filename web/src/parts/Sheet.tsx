import { Drawer, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { baseText } from "../text/base";
import { Button } from "./Button";
import { useGround } from "./ground";
import { useTopmost } from "./overlays";
import styles from "./Sheet.module.css";
import { useIsPhone } from "./useIsPhone";

interface SheetProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Stays in sight below what scrolls. */
  footer?: ReactNode;
  /** Width on a desktop. */
  size?: number;
  /** Takes the whole height on a phone. */
  tall?: boolean;
  /** Something is typed in it that nobody has saved: closing it asks first. */
  typed?: boolean;
}

/**
 * What is picked or edited over the page: from below on a phone, in the middle on a desktop. The back button closes the
 * topmost one and leaves what lies beneath where it is.
 */
export function Sheet({
  open,
  onClose,
  title,
  children,
  footer,
  size = 480,
  tall = false,
  typed = false,
}: SheetProps) {
  const phone = useIsPhone();
  const top = useTopmost(open);
  useGround(open);
  const [asking, setAsking] = useState(false);
  const leave = () => (typed ? setAsking(true) : onClose());
  const lose = () => {
    setAsking(false);
    onClose();
  };
  useBlocker({
    shouldBlockFn: ({ action }) => {
      if (action !== "BACK" || !top) return false;
      leave();
      return true;
    },
    enableBeforeUnload: typed,
    disabled: !open,
  });
  const shared = {
    opened: open,
    onClose: leave,
    title,
    closeButtonProps: { "aria-label": baseText.close, size: phone ? 44 : 32, iconSize: 20 },
    transitionProps: { duration: 160 },
    closeOnEscape: top,
    // A tap beside a form must not throw away what was typed in it.
    closeOnClickOutside: footer === undefined,
  };
  const body = (
    <>
      <div className={styles.body}>{children}</div>
      {footer && (
        <div className={styles.footer} data-foot>
          {footer}
        </div>
      )}
      {asking && (
        <StayOrLose
          title={baseText.unsavedTitle}
          body={baseText.typedBody}
          stay={baseText.unsavedStay}
          lose={baseText.typedLose}
          onStay={() => setAsking(false)}
          onLose={lose}
        />
      )}
    </>
  );
  if (phone) {
    const classes = {
      content: tall ? styles.tall : styles.drawer,
      body: styles.frame,
      header: styles.header,
      title: styles.title,
    };
    return (
      <Drawer {...shared} position="bottom" size="auto" classNames={classes as Record<string, string>}>
        {body}
      </Drawer>
    );
  }
  const classes = { content: styles.modal, body: styles.frame, header: styles.header, title: styles.title };
  return (
    <Modal {...shared} size={size} centered classNames={classes as Record<string, string>}>
      {body}
    </Modal>
  );
}

interface StayOrLoseProps {
  title: string;
  /** What would be lost. */
  body: string;
  stay: string;
  lose: string;
  onStay: () => void;
  onLose: () => void;
}

/** Asks before something that was typed is lost; staying is the way that the thumb finds. */
export function StayOrLose({ title, body, stay, lose, onStay, onLose }: StayOrLoseProps) {
  return (
    <Sheet
      open
      onClose={onStay}
      title={title}
      footer={
        <>
          <Button look="danger" onClick={onLose}>
            {lose}
          </Button>
          <Button look="primary" onClick={onStay}>
            {stay}
          </Button>
        </>
      }
    >
      <p>{body}</p>
    </Sheet>
  );
}
