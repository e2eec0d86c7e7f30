import { baseText } from "../text/base";
import { toast } from "./toast";

/** Copies a text and says so; without https the clipboard is closed, so the old way stands in. */
export async function copyText(text: string) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(baseText.copied);
}
