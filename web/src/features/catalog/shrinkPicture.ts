/** A larger side than this is shown nowhere. */
const SIDE_MAX = 1600;
/** A smaller file is sent as it is. */
const BYTES_KEPT = 500 * 1024;
const QUALITY = 0.9;

/** Width and height within `SIDE_MAX`, in their proportion. */
export function sidesWithin(width: number, height: number): [number, number] {
  const share = Math.min(1, SIDE_MAX / Math.max(width, height));
  return [Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share))];
}

/**
 * A photo as large as it is needed, so that a phone sends a tenth of it. Whatever cannot be opened here goes as it is:
 * the server looks at every picture again and says what is wrong with it.
 */
export async function shrinkPicture(file: File): Promise<File> {
  if (file.size <= BYTES_KEPT) return file;
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const [width, height] = sidesWithin(picture.naturalWidth, picture.naturalHeight);
    const canvas = document.createElement("canvas");
    canvas.width = width;
    canvas.height = height;
    const pen = canvas.getContext("2d");
    if (!pen) return file;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    pen.drawImage(picture, 0, 0, width, height);
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return made && made.size < file.size ? new File([made], file.name, { type: made.type }) : file;
  } catch {
    return file;
  } finally {
    URL.revokeObjectURL(address);
  }
}
