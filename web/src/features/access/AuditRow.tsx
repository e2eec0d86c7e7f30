import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import { meQuery } from "../../api/session";
import type { AuditChange, AuditEntry } from "../../api/types";
import { formatDay, formatMoment } from "../../parts/format";
import { operationText } from "../../text/operation";
import styles from "./AuditPage.module.css";

/** Where a record is looked at, and the right without which its page would only refuse. */
const PAGES: Record<string, { needs: string; link: (id: string) => LinkProps }> = {
  quote: { needs: "quote.read", link: (quoteId) => ({ to: "/quotes/$quoteId", params: { quoteId } }) },
  order: { needs: "order.read", link: (orderId) => ({ to: "/orders/$orderId", params: { orderId } }) },
  customer: {
    needs: "customer.read",
    link: (customerId) => ({ to: "/customers/$customerId", params: { customerId } }),
  },
  product: {
    needs: "product.read",
    link: (productId) => ({ to: "/products/$productId", params: { productId } }),
  },
  person: {
    needs: "people.read",
    link: (personId) => ({ to: "/people/$personId/rights", params: { personId } }),
  },
  config_item: {
    needs: "config.read",
    link: (itemId) => ({ to: "/config/items/$itemId", params: { itemId } }),
  },
  org_unit: { needs: "people.read", link: () => ({ to: "/people/orgs" }) },
  api_key: { needs: "keys.write", link: () => ({ to: "/keys" }) },
  webhook: { needs: "webhooks.write", link: () => ({ to: "/webhooks" }) },
};

/** Where the difference stands that was made: between two revisions, or in a draft. */
function differenceOf({ compare, draft_id, entity_id }: AuditEntry) {
  if (compare) {
    const link: LinkProps = {
      to: "/config/items/$itemId",
      params: { itemId: String(entity_id) },
      search: { tab: "compare", from: compare.from, to: compare.to },
    };
    return { word: operationText.difference, link };
  }
  if (draft_id == null) return undefined;
  const link: LinkProps = { to: "/config/drafts/$draftId", params: { draftId: String(draft_id) } };
  return { word: operationText.draft, link };
}

/** One thing that somebody did. */
export function AuditRow({ row }: { row: AuditEntry }) {
  const rights = useQuery(meQuery).data?.rights ?? [];
  const page = PAGES[row.entity];
  const object = row.object ?? row.entity_name;
  const difference = rights.includes("config.read") ? differenceOf(row) : undefined;
  return (
    <li>
      <time className={styles.at} dateTime={new Date(row.at).toISOString()}>
        {formatMoment(row.at)}
      </time>
      <span>{row.actor?.name ?? row.customer ?? operationText.program}</span>
      <div className={styles.what}>
        {row.kind_name}{" "}
        {page && row.opens && rights.includes(page.needs) ? (
          <Link {...page.link(String(row.entity_id))}>{object}</Link>
        ) : (
          <b>{object}</b>
        )}
        {difference && (
          <Link className={styles.difference} {...difference.link}>
            {difference.word}
          </Link>
        )}
        {row.changes.length > 0 && (
          <ul className={styles.changes}>
            {row.changes.map((change, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the changes of an entry never change.
              <li key={place}>
                <Change change={change} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </li>
  );
}

/** A day alone, or a moment to the second. */
const DAY = /^(\d{4}-\d{2}-\d{2})(?: (\d{2}:\d{2}):\d{2})?$/;

/** A value of the log as the other pages write it: days and moments in words. */
function read(value: string): string {
  const [, day, time] = DAY.exec(value) ?? [];
  if (day === undefined) return value;
  return time === undefined ? formatDay(day) : `${formatDay(day)} ${time}`;
}

function Change({ change: { name, before, after } }: { change: AuditChange }) {
  if (before === null && after === null) {
    return (
      <>
        {name} <ins>{operationText.changed}</ins>
      </>
    );
  }
  return (
    <>
      {name} {before !== null && <del>{read(before)}</del>} {before !== null && "→"}{" "}
      <ins>{after == null ? operationText.nothing : read(after)}</ins>
    </>
  );
}
