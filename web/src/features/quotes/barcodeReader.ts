/** What stands on packages of building materials, and the square codes that people print themselves. */
const FORMATS = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "qr_code"] as const;

type Picture = HTMLVideoElement | HTMLImageElement | ImageBitmap;

export interface BarcodeReader {
  detect(picture: Picture): Promise<{ rawValue: string }[]>;
}

interface NativeReader {
  new (options: { formats: string[] }): BarcodeReader;
  getSupportedFormats(): Promise<string[]>;
}

/**
 * Reads barcodes in pictures: with the browser's own reader where it knows those of goods, else with one that comes
 * from our own server. It loads a megabyte once, so it is asked for only by whoever scans.
 */
export async function openReader(): Promise<BarcodeReader> {
  return (await nativeReader()) ?? (await ownReader());
}

async function nativeReader(): Promise<BarcodeReader | null> {
  const native = (globalThis as { BarcodeDetector?: NativeReader }).BarcodeDetector;
  if (!native) return null;
  try {
    const known = await native.getSupportedFormats();
    if (!known.includes("ean_13")) return null;
    return new native({ formats: FORMATS.filter((format) => known.includes(format)) });
  } catch {
    return null;
  }
}

async function ownReader(): Promise<BarcodeReader> {
  const [{ BarcodeDetector, prepareZXingModule }, { default: wasm }] = await Promise.all([
    import("barcode-detector/ponyfill"),
    import("zxing-wasm/reader/zxing_reader.wasm?url"),
  ]);
  // By itself it would fetch its machine code from strangers.
  const overrides = { locateFile: () => wasm };
  await prepareZXingModule({ overrides, fireImmediately: true });
  return new BarcodeDetector({ formats: [...FORMATS] });
}
