import { useId, useState } from "react";
import { Icon } from "../../parts/Icon";
import { useIsPhone } from "../../parts/useIsPhone";
import { picturesText as words } from "../../text/pictures";
import styles from "./ProductPictures.module.css";
import { PICTURES_MAX, type Sending } from "./usePictures";

const TAKEN = "image/jpeg,image/png,image/webp";

interface PictureDropProps {
  /** So many more are taken. */
  room: number;
  sending: Sending | null;
  onFiles: (files: File[]) => void;
}

/** Takes pictures from the camera, by choice or by drag; several at once. */
export function PictureDrop({ room, sending, onFiles }: PictureDropProps) {
  const id = useId();
  const phone = useIsPhone();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => onFiles([...(files ?? [])].slice(0, room));
  return (
    <label
      className={over ? `${styles.drop} ${styles.over}` : styles.drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files);
      }}
    >
      <input
        type="file"
        className="hidden-text"
        accept={TAKEN}
        multiple
        disabled={sending !== null}
        aria-label={words.add}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          take(event.target.files);
          event.target.value = "";
        }}
      />
      <Icon name={phone ? "camera" : "upload"} size={20} />
      <span>
        <b role="status">
          {sending
            ? words.sending(sending.nth, sending.of, Math.round(sending.share * 100))
            : phone
              ? words.take
              : words.pick}
        </b>
        <small id={`${id}-hint`}>{words.hint(PICTURES_MAX)}</small>
      </span>
    </label>
  );
}
