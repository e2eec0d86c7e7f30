const GONE_AFTER_MS = 60_000;
const UNSEEN = "position:fixed;right:0;bottom:0;width:0;height:0;border:0";

/**
 * Opens the browser's print dialog on a PDF of our own server. False where the browser cannot print one from within a
 * page (phones): the caller then opens it for the person.
 */
export function printFile(address: string): Promise<boolean> {
  if (!navigator.pdfViewerEnabled) return Promise.resolve(false);
  return new Promise((done) => {
    const frame = document.createElement("iframe");
    const end = (printed: boolean) => {
      setTimeout(() => frame.remove(), GONE_AFTER_MS);
      done(printed);
    };
    frame.style.cssText = UNSEEN;
    frame.setAttribute("aria-hidden", "true");
    frame.tabIndex = -1;
    frame.onload = () => {
      try {
        frame.contentWindow?.focus();
        frame.contentWindow?.print();
        end(true);
      } catch {
        end(false);
      }
    };
    frame.onerror = () => end(false);
    frame.src = address;
    document.body.append(frame);
  });
}
