import { baseText } from "../text/base";
import { toast } from "./toast";

/** Copies a text and says so, or that it could not; without https the clipboard is closed, so the old way stands in. */
export async function copyText(text: string, said: string = baseText.copied): Promise<boolean> {
  const done = await put(text);
  if (done) toast(said);
  else toast(baseText.notCopied, { tone: "fault" });
  return done;
}

async function put(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return putOldWay(text);
  }
}

function putOldWay(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
