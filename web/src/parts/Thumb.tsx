import styles from "./Thumb.module.css";

interface ThumbProps {
  /** Address of the small picture; none leaves the box empty. */
  src: string | null;
  /** Pixels a side. */
  size?: number;
}

/** A small picture in a box of fixed size, fetched when it comes into sight: nothing around it ever moves. */
export function Thumb({ src, size = 40 }: ThumbProps) {
  return (
    <span className={src ? styles.box : styles.none} style={{ width: size, height: size }} aria-hidden="true">
      {src && <img src={src} alt="" loading="lazy" decoding="async" width={size} height={size} />}
    </span>
  );
}
