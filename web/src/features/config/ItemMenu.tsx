import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Item } from "../../api/types";
import { Button, buttonClass } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Icon } from "../../parts/Icon";
import { MoreMenu } from "../../parts/MoreMenu";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { toast } from "../../parts/toast";
import { useIsPhone } from "../../parts/useIsPhone";
import { useTyped } from "../../parts/useTyped";
import { baseText } from "../../text/base";
import { listsText } from "../../text/lists";
import { useConfigChanged } from "./configApi";

const ACTS = [
  { act: "rename", word: listsText.rename },
  { act: "retire", word: listsText.retire },
] as const;

/** What may be done with a price list as a whole: out to Excel, another name, an end. */
export function ItemMenu({ item }: { item: Item }) {
  const [open, setOpen] = useState<"rename" | "retire" | null>(null);
  const phone = useIsPhone();
  const acts = ACTS.filter(({ act }) => item.actions.includes(act));
  return (
    <>
      {item.kind === "price_list" && item.in_force && (
        <a className={buttonClass("text", false)} href={`/api/config/items/${item.id}/export`} download>
          <Icon name="download" size={18} />
          <span>{listsText.export}</span>
        </a>
      )}
      {phone ? (
        <MoreMenu
          label={listsText.more}
          actions={acts.map(({ act, word }) => ({
            word,
            icon: act === "rename" ? "edit" : "close",
            danger: act === "retire",
            act: () => setOpen(act),
          }))}
        />
      ) : (
        acts.map(({ act, word }) => (
          <Button key={act} look="text" onClick={() => setOpen(act)}>
            {word}
          </Button>
        ))
      )}
      {open === "rename" && <RenameSheet item={item} onClose={() => setOpen(null)} />}
      {open === "retire" && <RetireSheet item={item} onClose={() => setOpen(null)} />}
    </>
  );
}

function RenameSheet({ item, onClose }: { item: Item; onClose: () => void }) {
  const changed = useConfigChanged();
  const [name, setName] = useState(item.name);
  const typed = useTyped(name);
  const save = useMutation({
    mutationFn: () =>
      read(
        client.PATCH("/api/config/items/{id}", {
          params: { path: { id: item.id } },
          body: { name: name.trim() },
        }),
      ),
    onSuccess: () => {
      changed();
      toast(listsText.renamed);
      onClose();
    },
  });
  return (
    <Sheet
      open
      onClose={onClose}
      title={listsText.renameTitle}
      typed={typed}
      footer={
        <SheetActs
          onClose={onClose}
          busy={save.isPending}
          onClick={() => name.trim() !== "" && save.mutate()}
        >
          {baseText.save}
        </SheetActs>
      }
    >
      <TextField
        label={listsText.make.name}
        error={name.trim() === "" ? listsText.make.nameMissing : undefined}
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.target.value)}
        data-autofocus
      />
      {save.error && <ProblemNote problem={asProblem(save.error)} />}
    </Sheet>
  );
}

function RetireSheet({ item, onClose }: { item: Item; onClose: () => void }) {
  const changed = useConfigChanged();
  const navigate = useNavigate();
  const retire = useMutation({
    mutationFn: () =>
      read(client.POST("/api/config/items/{id}/retire", { params: { path: { id: item.id } }, body: {} })),
    onSuccess: () => {
      changed();
      toast(listsText.retired);
      navigate({ to: "/config" });
    },
  });
  return (
    <Sheet
      open
      onClose={onClose}
      title={listsText.retireTitle}
      footer={
        <SheetActs
          onClose={onClose}
          out={baseText.back}
          look="danger"
          busy={retire.isPending}
          onClick={() => retire.mutate()}
        >
          {listsText.retire}
        </SheetActs>
      }
    >
      <p style={{ color: "var(--ink-2)" }}>{listsText.retireBody}</p>
      {retire.error && <ProblemNote problem={asProblem(retire.error)} />}
    </Sheet>
  );
}
