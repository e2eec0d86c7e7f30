import { useQuery } from "@tanstack/react-query";
import { client, read } from "../../api/client";
import { useRight } from "../../api/session";
import type { Person } from "../../api/types";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { accessText } from "../../text/access";
import { baseText } from "../../text/base";

interface DeactivateSheetProps {
  person: Person;
  busy: boolean;
  onDeactivate: () => void;
  onClose: () => void;
}

/** What still hangs on this person, for those who may see it, before the account is closed. */
export function DeactivateSheet({ person, busy, onDeactivate, onClose }: DeactivateSheetProps) {
  const { id, name } = person;
  const sees = [useRight("quote.read"), useRight("customer.read")].every(Boolean);
  const open = useQuery({
    queryKey: ["people", "open", id],
    enabled: sees,
    queryFn: async ({ signal }) => {
      const quotes = (state: string) =>
        read(client.GET("/api/quotes", { params: { query: { owner: id, state, limit: 1 } }, signal }));
      const [drafts, issued, customers] = await Promise.all([
        quotes("draft"),
        quotes("issued"),
        read(client.GET("/api/customers", { params: { query: { owner: id, limit: 1 } }, signal })),
      ]);
      return accessText.deactivateOpen(issued.total.count, drafts.total.count, customers.total);
    },
  });
  const has = sees && !open.error ? open.data : null;
  return (
    <Sheet
      open
      onClose={onClose}
      title={accessText.deactivateTitle(name)}
      footer={
        <SheetActs
          onClose={onClose}
          look="danger"
          busy={busy}
          disabled={has === undefined}
          onClick={onDeactivate}
        >
          {accessText.deactivate}
        </SheetActs>
      }
    >
      <div style={{ display: "grid", gap: 12 }}>
        <p style={{ fontWeight: 500 }} role="status">
          {has === undefined && baseText.loading}
          {has === null && accessText.deactivateUnknown}
          {has === "" && accessText.deactivateNone(name)}
          {has && accessText.deactivateHas(name, has)}
        </p>
        <p style={{ color: "var(--ink-2)" }}>{accessText.deactivateExplains}</p>
      </div>
    </Sheet>
  );
}
