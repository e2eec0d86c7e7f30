import { queryOptions, useQuery } from "@tanstack/react-query";
import { setServerNow } from "../parts/format";
import { client, read } from "./client";

/** Who is signed in, and by what clock. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }) => {
    const me = await read(client.GET("/api/me", { signal }));
    setServerNow(me.server_now);
    return me;
  },
});

export const optionsQuery = queryOptions({
  queryKey: ["options"],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) => read(client.GET("/api/options", { signal })),
});

export const companyQuery = queryOptions({
  queryKey: ["company"],
  staleTime: 60 * 60_000,
  queryFn: ({ signal }) => read(client.GET("/api/company", { signal })),
});

/** The company as it stands on its documents; everybody who is signed in may read it. */
export const profileQuery = queryOptions({
  queryKey: ["company", "profile"],
  queryFn: ({ signal }) => read(client.GET("/api/company/profile", { signal })),
});

/** Whether it is known that what this person issues carries no seal: neither the region nor the company has one. */
export function useSealMissing(): boolean {
  return useQuery({ ...profileQuery, staleTime: 60_000 }).data?.sealed === false;
}

/** What the paper of this person's place does with pictures of the goods. */
export function usePaper(): { picturesUsual: boolean; picturesPrinted: boolean } {
  const profile = useQuery({ ...profileQuery, staleTime: 60_000 }).data;
  return {
    picturesUsual: profile?.pictures_usual ?? false,
    picturesPrinted: profile?.pictures_printed ?? true,
  };
}

/** Whether the server gave the signed-in person this right; it decides what is offered, never what is allowed. */
export function useRight(right: string): boolean {
  const me = useQuery(meQuery);
  return me.data?.rights.includes(right) ?? false;
}

/** Whether this person may do it now: through another's eyes one only looks. */
export function useMayDo(right: string): boolean {
  const me = useQuery(meQuery).data;
  return me?.rights.includes(right) === true && !me.viewing;
}
