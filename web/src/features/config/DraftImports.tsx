import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { formatMoment } from "../../parts/format";
import { importText as words } from "../../text/imports";
import styles from "./Import.module.css";
import { draftImportsQuery } from "./importApi";

/** The files that were taken over into a draft, each with its page. */
export function DraftImports({ draftId, padded = false }: { draftId: number; padded?: boolean }) {
  const query = useQuery(draftImportsQuery(draftId));
  const taken = query.data?.items.filter((one) => one.state === "taken") ?? [];
  if (taken.length === 0) return null;
  return (
    <section className={padded ? `${styles.taken} ${styles.panel}` : styles.taken}>
      <h3 className={styles.title}>{words.takenTitle}</h3>
      <ul>
        {taken.map((one) => (
          <li key={one.id}>
            <Link to="/config/imports/$importId" params={{ importId: String(one.id) }}>
              {one.file_name}
            </Link>
            <small>{words.takenBy(one.by.name, formatMoment(one.taken_at ?? one.created_at))}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
