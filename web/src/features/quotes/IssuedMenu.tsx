import { Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { client, read } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Quote } from "../../api/types";
import { Button } from "../../parts/Button";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { ReasonSheet } from "../../parts/ReasonSheet";
import { useIsPhone } from "../../parts/useIsPhone";
import { quotesText } from "../../text/quotes";
import { type QuoteActions, useQuoteChanged } from "./useQuoteActions";

/** Copy, revise, and behind the dots what is rare or dangerous. */
export function IssuedMenu({ quote, acts }: { quote: Quote; acts: QuoteActions }) {
  const phone = useIsPhone();
  const changed = useQuoteChanged();
  const [cancelling, setCancelling] = useState(false);
  const cancel = useMutation({
    mutationFn: (reason: string) =>
      read(client.POST("/api/quotes/{id}/cancel", { params: { path: { id: quote.id } }, body: { reason } })),
    onSuccess: (after) => {
      changed(after);
      setCancelling(false);
    },
  });
  const may = (action: string) => quote.actions.includes(action);
  const rare = may("cancel") || (phone && (may("copy") || may("revise")));
  return (
    <>
      {!phone && may("revise") && (
        <Button busy={acts.revise.isPending} icon="edit" onClick={() => acts.revise.mutate()}>
          {quotesText.revise}
        </Button>
      )}
      {!phone && may("copy") && (
        <Button busy={acts.copy.isPending} icon="copy" onClick={() => acts.copy.mutate()}>
          {quotesText.copy}
        </Button>
      )}
      {rare && (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <IconButton icon="dots" label={quotesText.more} />
          </Menu.Target>
          <Menu.Dropdown>
            {phone && may("revise") && (
              <Menu.Item leftSection={<Icon name="edit" size={16} />} onClick={() => acts.revise.mutate()}>
                {quotesText.revise}
              </Menu.Item>
            )}
            {phone && may("copy") && (
              <Menu.Item leftSection={<Icon name="copy" size={16} />} onClick={() => acts.copy.mutate()}>
                {quotesText.copy}
              </Menu.Item>
            )}
            {may("cancel") && (
              <Menu.Item
                color="red"
                leftSection={<Icon name="close" size={16} />}
                onClick={() => setCancelling(true)}
              >
                {quotesText.cancel}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      <ReasonSheet
        open={cancelling}
        title={quotesText.cancel}
        explains={quotesText.cancelExplains}
        action={quotesText.cancel}
        busy={cancel.isPending}
        problem={cancel.error ? asProblem(cancel.error) : null}
        onClose={() => setCancelling(false)}
        onReason={(reason) => cancel.mutate(reason)}
      />
    </>
  );
}
