import { sealSpotText } from "../text/sealSpot";
import styles from "./SealSpot.module.css";

interface SealSpotProps {
  /** Address of the picture; null leaves the place empty. */
  picture: string | null;
  alt: string;
  /** Who seals, as the paper says it. */
  seller: string;
}

/**
 * The foot of a document on A4, drawn to scale: how large the seal is and where it stands. The measures are those of the
 * paper (quote.typ); the word across the picture keeps it from being used as a sealed document.
 */
export function SealSpot({ picture, alt, seller }: SealSpotProps) {
  return (
    <figure className={styles.figure}>
      <div className={styles.frame}>
        <div className={styles.page}>
          <div className={styles.customer}>
            <b>{sealSpotText.customer}</b>
            <span>{sealSpotText.name}</span>
            <span>{sealSpotText.day}</span>
          </div>
          <div className={styles.seller}>
            <b>{sealSpotText.seller}</b>
            <span>{seller}</span>
            <span>{sealSpotText.day}</span>
            <div className={styles.seal}>
              {picture !== null && <img src={picture} alt={alt} draggable={false} />}
              <span className={styles.mark} aria-hidden="true">
                {sealSpotText.mark}
              </span>
            </div>
          </div>
          <div className={styles.proof}>
            <b>{sealSpotText.proof}</b>
          </div>
        </div>
      </div>
      <figcaption>{sealSpotText.explains}</figcaption>
    </figure>
  );
}
