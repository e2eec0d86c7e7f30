import { useSyncExternalStore } from "react";
import { Listeners } from "./Listeners";

export interface ToastAction {
  word: string;
  act: () => void;
}

export interface Toast {
  id: number;
  text: string;
  tone: "done" | "fault";
  action?: ToastAction;
}

const SHOWN_MS = 4000;
const FAULT_MS = 8000;

let toasts: Toast[] = [];
let nextId = 1;
const listeners = new Listeners();

function change(next: Toast[]) {
  toasts = next;
  listeners.tell();
}

export const closeToast = (id: number) => change(toasts.filter((toast) => toast.id !== id));

/** Says one sentence at the edge of the screen for a few seconds. */
export function toast(text: string, options: { tone?: "done" | "fault"; action?: ToastAction } = {}) {
  const { tone = "done", action } = options;
  const id = nextId++;
  change([...toasts.slice(-2), { id, text, tone, action }]);
  setTimeout(() => closeToast(id), tone === "fault" ? FAULT_MS : SHOWN_MS);
}

export const useToasts = () => useSyncExternalStore(listeners.subscribe, () => toasts);
