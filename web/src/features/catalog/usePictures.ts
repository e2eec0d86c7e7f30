import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { client, read, uploadFile } from "../../api/client";
import { asProblem, Problem } from "../../api/problem";
import type { Product } from "../../api/types";
import { toast } from "../../parts/toast";
import { baseText } from "../../text/base";
import { picturesText as words } from "../../text/pictures";
import { productKey } from "./catalogApi";
import { moved } from "./pictureOrder";
import { shrinkPicture } from "./shrinkPicture";

const BYTES_MAX = 20 * 1024 * 1024;
export const PICTURES_MAX = 8;

/** What is being sent: which one of how many, and how much of it. */
export interface Sending {
  nth: number;
  of: number;
  share: number;
}

/** Adding, ordering and taking away the pictures of a product. */
export function usePictures(product: Product) {
  const cache = useQueryClient();
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const path = { id: product.id };
  const seen = (saved: Product) => {
    cache.setQueryData(productKey(product.id), saved);
    cache.invalidateQueries({ queryKey: ["products"], predicate: (query) => query.queryKey[1] !== "one" });
  };
  const failed = (error: unknown) => {
    toast(asProblem(error).message, { tone: "fault" });
    // Somebody else may have changed them: what is shown must be what there is.
    cache.invalidateQueries({ queryKey: productKey(product.id) });
  };
  const addOne = async (file: File, nth: number, of: number) => {
    setSending({ nth, of, share: 0 });
    const picture = await shrinkPicture(file);
    if (picture.size > BYTES_MAX) throw new Problem(413, "file_too_big", baseText.uploadTooBig);
    const stored = await uploadFile(picture, (share) => setSending({ nth, of, share }));
    const body = { file: stored.file };
    seen(await read(client.POST("/api/products/{id}/pictures", { params: { path }, body })));
  };
  const add = async (files: File[]) => {
    if (sending || files.length === 0) return;
    setProblem(null);
    try {
      for (const [place, file] of files.entries()) await addOne(file, place + 1, files.length);
      toast(words.added(files.length));
    } catch (error) {
      setProblem(asProblem(error));
    }
    setSending(null);
  };
  const { order, restore, remove } = useChanges(product.id, seen, failed);
  const files = product.pictures.map((picture) => picture.file);
  return {
    add,
    sending,
    problem,
    busy: order.isPending || remove.isPending || restore.isPending,
    move: (from: number, to: number) => order.mutate(moved(files, from, to)),
    remove: (file: string) => remove.mutate(file),
  };
}

/** Ordering, taking away and putting back; each answers with the product as it is then. */
function useChanges(id: number, seen: (saved: Product) => void, onError: (error: unknown) => void) {
  const order = useMutation({
    mutationFn: (files: string[]) =>
      read(client.POST("/api/products/{id}/pictures/order", { params: { path: { id } }, body: { files } })),
    onSuccess: seen,
    onError,
  });
  const restore = useMutation({
    mutationFn: (file: string) =>
      read(
        client.POST("/api/products/{id}/pictures/{file}/restore", {
          params: { path: { id, file } },
          body: {},
        }),
      ),
    onSuccess: seen,
    onError,
  });
  const remove = useMutation({
    mutationFn: (file: string) =>
      read(
        client.POST("/api/products/{id}/pictures/{file}/remove", {
          params: { path: { id, file } },
          body: {},
        }),
      ),
    onSuccess: (saved, file) => {
      seen(saved);
      toast(words.removed, { action: { word: words.undo, act: () => restore.mutate(file) } });
    },
    onError,
  });
  return { order, restore, remove };
}
