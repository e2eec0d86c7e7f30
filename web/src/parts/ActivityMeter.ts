import { randomKey } from "../api/ids";

export interface ActivityEvent {
  id: string;
  kind: "opened" | "first_input" | "focus" | "blur" | "active" | "idle" | "pdf";
  quote_id: number;
  at: number;
  active_ms?: number;
}

export const IDLE_MS = 5 * 60_000;
const REPORT_MS = 60_000;

/**
 * Measures the time somebody really works on one quotation: from input to input, while the window has the focus.
 * A pause of more than five minutes ends the span at the last input before it.
 */
export class ActivityMeter {
  private readonly quoteId: number;
  private readonly now: () => number;
  private readonly send: (event: ActivityEvent) => void;
  private spanFrom: number | null = null;
  private lastInput = 0;
  private touched = false;

  constructor(quoteId: number, now: () => number, send: (event: ActivityEvent) => void) {
    this.quoteId = quoteId;
    this.now = now;
    this.send = send;
  }

  opened() {
    this.tell("opened");
    this.begin();
  }

  input() {
    const at = this.now();
    if (!this.touched) {
      this.touched = true;
      this.tell("first_input");
    }
    if (this.spanFrom === null) this.begin();
    else if (at - this.lastInput > IDLE_MS) {
      this.end(this.lastInput);
      this.begin();
    }
    this.lastInput = at;
  }

  focus() {
    this.tell("focus");
    this.begin();
  }

  blur() {
    this.end(Math.min(this.now(), this.lastInput + IDLE_MS));
    this.tell("blur");
  }

  pdf() {
    this.tell("pdf");
  }

  /** Called now and then: reports a long span in parts, so that a crash loses little, and notices idleness. */
  tick() {
    if (this.spanFrom === null) return;
    const at = this.now();
    if (at - this.lastInput > IDLE_MS) {
      this.end(this.lastInput);
      this.tell("idle");
    } else if (this.lastInput - this.spanFrom >= REPORT_MS) {
      const until = this.lastInput;
      this.report(until);
      this.spanFrom = until;
    }
  }

  /** Reports the span so far, before the quotation is issued. */
  checkpoint() {
    const at = this.now();
    if (this.spanFrom === null) return;
    this.report(at);
    this.spanFrom = at;
    this.lastInput = at;
  }

  close() {
    this.end(Math.min(this.now(), this.lastInput + IDLE_MS));
  }

  private begin() {
    const at = this.now();
    if (this.spanFrom === null) this.spanFrom = at;
    this.lastInput = at;
  }

  private end(until: number) {
    if (this.spanFrom !== null) this.report(until);
    this.spanFrom = null;
  }

  private report(until: number) {
    const span = until - (this.spanFrom ?? until);
    if (span > 0) this.tell("active", span);
  }

  private tell(kind: ActivityEvent["kind"], active_ms?: number) {
    const event: ActivityEvent = { id: randomKey(), kind, quote_id: this.quoteId, at: this.now() };
    this.send(active_ms === undefined ? event : { ...event, active_ms });
  }
}
