import { useEffect, useState } from "react";
import type { Product } from "../../api/types";
import { Card } from "../../parts/Card";
import { Icon } from "../../parts/Icon";
import { IconButton } from "../../parts/IconButton";
import { ProblemNote } from "../../parts/ProblemNote";
import { pictureSource } from "../../parts/productPicture";
import { Thumb } from "../../parts/Thumb";
import { picturesText as words } from "../../text/pictures";
import { PictureDrop } from "./PictureDrop";
import styles from "./ProductPictures.module.css";
import { PICTURES_MAX, usePictures } from "./usePictures";

/** The pictures of a product: one large, all small below it, and the way to add, order and take away. */
export function ProductPictures({ product }: { product: Product }) {
  const editable = product.actions.includes("edit");
  const pictures = product.pictures;
  const acts = usePictures(product);
  const [chosen, setChosen] = useState<string | null>(null);
  const found = pictures.findIndex((picture) => picture.file === chosen);
  const place = Math.max(found, 0);
  const shown = pictures[place];
  const { add } = acts;
  // A picture in the clipboard lands here from anywhere on the page, but not while somebody types.
  useEffect(() => {
    if (!editable) return;
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (files.length > 0 && !typing) void add(files);
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [editable, add]);
  return (
    <Card title={words.title}>
      {shown ? (
        <>
          <a
            className={styles.large}
            href={pictureSource(product.id, shown.file)}
            target="_blank"
            rel="noreferrer"
            title={words.open}
          >
            <img
              src={pictureSource(product.id, shown.file)}
              alt={place === 0 ? words.mainOf(product.name) : words.nth(place + 1)}
              width={shown.width}
              height={shown.height}
            />
            {place === 0 && <span className={styles.main}>{words.main}</span>}
          </a>
          {editable && (
            <div className={styles.acts}>
              {place > 0 && (
                <button
                  type="button"
                  className={styles.make}
                  disabled={acts.busy}
                  onClick={() => acts.move(place, 0)}
                >
                  {words.makeMain}
                </button>
              )}
              <span className={styles.gap} />
              <IconButton
                icon="left"
                label={words.forward}
                quiet
                disabled={acts.busy || place === 0}
                onClick={() => acts.move(place, place - 1)}
              />
              <IconButton
                icon="right"
                label={words.backward}
                quiet
                disabled={acts.busy || place === pictures.length - 1}
                onClick={() => acts.move(place, place + 1)}
              />
              <IconButton
                icon="trash"
                label={words.remove}
                quiet
                disabled={acts.busy}
                onClick={() => acts.remove(shown.file)}
              />
            </div>
          )}
          {pictures.length > 1 && (
            <ul className={styles.strip}>
              {pictures.map((picture, index) => (
                <li key={picture.file}>
                  <button
                    type="button"
                    aria-label={words.show(index + 1)}
                    aria-pressed={index === place}
                    onClick={() => setChosen(picture.file)}
                  >
                    <Thumb src={pictureSource(product.id, picture.thumb)} size={52} />
                  </button>
                </li>
              ))}
            </ul>
          )}
        </>
      ) : (
        <div className={styles.none}>
          <Icon name="camera" size={28} />
          <p>
            <b>{words.none}</b>
            {editable && words.noneHint}
          </p>
        </div>
      )}
      {editable &&
        (pictures.length >= PICTURES_MAX ? (
          <p className={styles.full}>{words.full(PICTURES_MAX)}</p>
        ) : (
          <PictureDrop room={PICTURES_MAX - pictures.length} sending={acts.sending} onFiles={add} />
        ))}
      {acts.problem && <ProblemNote problem={acts.problem} />}
    </Card>
  );
}
