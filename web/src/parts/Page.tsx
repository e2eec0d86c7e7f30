import { useNavigate, useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { baseText } from "../text/base";
import { beneath } from "./ground";
import { IconButton } from "./IconButton";
import styles from "./Page.module.css";

interface PageProps {
  title: string;
  /** Stands beside the title: a state, a count. */
  meta?: ReactNode;
  actions?: ReactNode;
  /** Where 返回 leads when there is no way back in this tab. */
  back?:
    | "/"
    | "/quotes"
    | "/orders"
    | "/customers"
    | "/products"
    | "/config"
    | "/me"
    | "/people"
    | "/webhooks";
  width?: "list" | "record" | "read";
  children: ReactNode;
}

/** One screen: its head with title and actions, and what it shows. */
export function Page({ title, meta, actions, back, width = "list", children }: PageProps) {
  const router = useRouter();
  const navigate = useNavigate();
  useEffect(() => {
    document.title = `${title} · ${baseText.brand}`;
  }, [title]);
  const goBack = () =>
    beneath(router.history.location) ? router.history.back() : navigate({ to: back ?? "/" });
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        {back && <IconButton icon="left" label={baseText.back} onClick={goBack} />}
        <h1 className={styles.title}>{title}</h1>
        {meta && <div className={styles.meta}>{meta}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      <div className={`${styles.body} ${styles[width]}`}>{children}</div>
    </div>
  );
}
