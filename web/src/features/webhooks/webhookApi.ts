import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { client, ifMatch, read } from "../../api/client";
import { paged } from "../../api/paged";
import type { Webhook, WebhookEdit } from "../../api/types";
import { toast } from "../../parts/toast";
import { webhookText } from "../../text/webhooks";

const PAGE_ROWS = 50;
/** While something is on its way, its outcome is asked for so often. */
const SOON_MS = 2_000;

export const webhooksQuery = {
  queryKey: ["webhooks"],
  queryFn: ({ signal }: { signal: AbortSignal }) => read(client.GET("/api/webhooks", { signal })),
};

export const webhookQuery = (id: number) => ({
  queryKey: ["webhooks", id],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    read(client.GET("/api/webhooks/{id}", { params: { path: { id } }, signal })),
  refetchInterval: (query: { state: { data?: Webhook } }) =>
    (query.state.data?.waiting ?? 0) > 0 ? SOON_MS : (false as const),
});

/** What an address was told; asked for again whenever its counts say that something has moved. */
export const deliveriesQuery = ({ id, waiting, dead }: Webhook, state: string) => ({
  ...paged(["webhooks", id, "deliveries", state, waiting, dead], (after, signal) => {
    const query = { state: state === "" ? undefined : state, limit: PAGE_ROWS, after };
    return read(client.GET("/api/webhooks/{id}/deliveries", { params: { path: { id }, query }, signal }));
  }),
  refetchInterval: waiting > 0 ? SOON_MS : (false as const),
});

const again = (cache: QueryClient) => cache.invalidateQueries({ queryKey: ["webhooks"] });

/** An address as it stands, for a change of one thing. */
export const editOf = (webhook: Webhook): WebhookEdit => ({
  name: webhook.name,
  address: webhook.address,
  topics: webhook.topics.map((topic) => topic.id),
  org_id: webhook.org?.id ?? null,
  active: webhook.active,
});

/** Keeps a new address, or changes one on the version that was seen. */
export function useKeep(of: Webhook | null) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (body: WebhookEdit) => {
      if (of === null) return read(client.POST("/api/webhooks", { body }));
      const params = { path: { id: of.id } };
      const webhook = await read(client.PUT("/api/webhooks/{id}", { params, body, ...ifMatch(of.version) }));
      return { webhook, secret: null };
    },
    onSuccess: () => again(cache),
  });
}

/** What is done to one address by a button. */
export function useActs(id: number) {
  const cache = useQueryClient();
  const path = { path: { id } };
  const onSuccess = () => again(cache);
  const ping = useMutation({
    mutationFn: () => read(client.POST("/api/webhooks/{id}/ping", { params: path })),
    onSuccess: () => {
      toast(webhookText.pinged);
      return onSuccess();
    },
  });
  const renew = useMutation({
    mutationFn: () => read(client.POST("/api/webhooks/{id}/secret", { params: path })),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: () => read(client.DELETE("/api/webhooks/{id}", { params: path })),
    onSuccess: () => cache.removeQueries({ queryKey: ["webhooks"] }),
  });
  const resend = useMutation({
    mutationFn: (delivery: number) =>
      read(
        client.POST("/api/webhooks/{id}/deliveries/{delivery}/resend", {
          params: { path: { id, delivery } },
        }),
      ),
    onSuccess: () => {
      toast(webhookText.resent);
      return onSuccess();
    },
  });
  const resendDead = useMutation({
    mutationFn: () => read(client.POST("/api/webhooks/{id}/resend", { params: path })),
    onSuccess: ({ count }) => {
      toast(webhookText.resentDead(count));
      return onSuccess();
    },
  });
  return { ping, renew, remove, resend, resendDead };
}
