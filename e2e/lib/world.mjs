// One story's world: the running program, one browser, people who sign in at a phone or a PC.
import { randomUUID } from "node:crypto";
import { lookAt, watch } from "./look.mjs";

export const PHONE = { width: 390, height: 844 };
export const PC = { width: 1440, height: 900 };

/** Two taps at one place within this time are one double tap to the browser, and a button takes only its first half. */
const DOUBLE_TAP_MS = 500;

/** The time that a hand needs before it presses the same button once more, on purpose. */
export const onceMore = (page) => page.waitForTimeout(DOUBLE_TAP_MS);

/** What the console may say without being a fault: the browser's own line on an answer that a story asks for. */
const EXPECTED = /Failed to load resource: the server responded with a status of (400|401|403|404|409|412|415|422)/;

/** What never leaves the browser: its own viewer of PDFs is one of its pages. */
const OWN = /^(blob|data|chrome|chrome-extension):/;
/** What the browser says of a request that a story itself let fail. */
const CUT = /Failed to load resource: net::ERR_(INTERNET_DISCONNECTED|CONNECTION_RESET|FAILED)/;

export class World {
  constructor({ program, browser, pictures }) {
    this.program = program;
    this.browser = browser;
    this.pictures = pictures;
    this.faults = [];
    this.said = [];
    this.open = [];
    this.cutOff = new Set();
  }

  /** A line to be read beneath the story's own. */
  say(line) {
    this.said.push(line);
  }

  /** Takes the network away from everything in this browser profile; `mend` gives it back. */
  async cut(page) {
    this.losesAnswers(page);
    await page.context().setOffline(true);
  }

  async mend(page) {
    await page.context().setOffline(false);
  }

  /** From now on answers get lost on purpose in this browser profile. */
  losesAnswers(page) {
    this.cutOff.add(page.context());
  }

  /** The demo accounts, from the very page that shows them to newcomers. */
  async accounts() {
    const answer = await fetch(`${this.program.base}/api/company`);
    return (await answer.json()).demo_accounts;
  }

  /** The nth demo account of a role, by the role's Chinese name. */
  async account(roleName, nth = 0) {
    const all = (await this.accounts()).filter((it) => it.role_name === roleName);
    const account = all[nth];
    if (!account) throw new Error(`the demo company has no account ${nth + 1} of role ${roleName}`);
    return account.account;
  }

  /**
   * A fresh browser profile at the given size, and of another make if one is named; nobody is signed in. Workers that
   * keep things for later are blocked unless a story is about them.
   */
  async stranger(size, agent, { workers = "block" } = {}) {
    const touch = size.width < 600;
    const context = await this.browser.newContext({
      ...(agent ? { userAgent: agent } : {}),
      viewport: size,
      baseURL: this.program.base,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      serviceWorkers: workers,
      reducedMotion: "reduce",
      hasTouch: touch,
      isMobile: touch,
      deviceScaleFactor: touch ? 2 : 1,
    });
    this.open.push(context);
    // A machine at work elsewhere is slow, not wrong.
    context.setDefaultTimeout(60_000);
    context.on("page", watch);
    const page = await context.newPage();
    page.on("console", (message) => {
      const asked = EXPECTED.test(message.text()) || (this.cutOff.has(context) && CUT.test(message.text()));
      if (message.type() === "error" && !asked) {
        this.faults.push(`console: ${message.text()} (${page.url()})`);
      }
    });
    page.on("pageerror", (error) => this.faults.push(`page error: ${error.message} (${page.url()})`));
    page.on("requestfailed", (request) => {
      const foreign = !request.url().startsWith(this.program.base) && !OWN.test(request.url());
      if (foreign) this.faults.push(`asks a stranger: ${request.url()}`);
    });
    return page;
  }

  /** Somebody of a role, signed in, on the page `path`. */
  async person(roleName, size, { nth = 0, path = "/" } = {}) {
    const page = await this.stranger(size);
    await this.signIn(page, await this.account(roleName, nth));
    await page.goto(path);
    return page;
  }

  /** Signs in as the screen would, without the screen. */
  async signIn(page, account) {
    const answer = await this.post(page, "/api/session", { account, password: "huxi-demo" });
    if (!answer.ok()) throw new Error(`${account} could not sign in: ${answer.status()} ${await answer.text()}`);
  }

  /** A POST with the page's cookies, as the web's client sends it. */
  async post(page, path, body, headers = {}) {
    return page.request.post(path, {
      data: body,
      headers: { "Idempotency-Key": randomUUID(), Origin: this.program.base, ...headers },
    });
  }

  /** Looks at the screen as it is now and keeps its faults. */
  async look(page, name) {
    this.faults.push(...(await lookAt(page, name, this.pictures)));
  }

  async close() {
    for (const context of this.open) await context.close();
    this.open = [];
  }
}
