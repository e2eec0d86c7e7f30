import { expect, it } from "vitest";
import type { Quote } from "../../api/types";
import { gaveBack } from "./askRead";
import { handsRead } from "./Hands";

const manager = { id: 1, name: "陆建平" };
const seller = { id: 2, name: "邓子轩" };
const open = { ask: null, can_issue: true };

it("tells a manager that another's draft is his to change, and what taking it over does", () => {
  const said = handsRead({ ...open, owner: seller, made_by: seller, taken_by: null }, manager.id);
  expect(said).toContain("这是邓子轩的草稿，你也可以改和出具");
  expect(said).toContain("点「接手」以后，邓子轩不能同时改");
});

it("never calls a draft another's before whoever made it", () => {
  const said = handsRead({ ...open, owner: seller, made_by: manager, taken_by: null }, manager.id);
  expect(said).toBe("客户归邓子轩，报价记在邓子轩名下；你建的，可以直接改和出具。");
});

it("tells in whose hands it is, whoever made it", () => {
  const said = handsRead({ ...open, owner: seller, made_by: seller, taken_by: manager }, seller.id);
  expect(said).toBe("陆建平接手了这张草稿，现在由陆建平改价和出具。要自己改，请点「接手」。");
});

it("goes on telling whoever took it over whose draft it is", () => {
  const said = handsRead({ ...open, owner: seller, made_by: seller, taken_by: manager }, manager.id);
  expect(said).toBe("这是邓子轩的草稿，你接手了：由你改价和出具，出具以后仍记在邓子轩名下。");
});

it("offers no issuing to whoever may only change it", () => {
  const said = handsRead(
    { ...open, can_issue: false, owner: seller, made_by: seller, taken_by: null },
    manager.id,
  );
  expect(said).toBe("这是邓子轩的草稿，你可以看、可以改。点「接手」以后，邓子轩不能同时改。");
});

it("tells whoever gave it back that it waits for the seller, and urges no taking over", () => {
  const ask = { to: manager, by: seller, given_back_at: 1 } as Quote["ask"];
  const draft = { ...open, ask, owner: seller, made_by: seller, taken_by: null };
  expect(handsRead(draft, manager.id)).toBe(
    "这是邓子轩的草稿，你退回了：等邓子轩改。你改的会直接存进去；要自己接着做，请点「接手」，邓子轩就不能同时改。",
  );
  expect(gaveBack(draft, manager.id)).toBe(true);
  expect(gaveBack(draft, seller.id)).toBe(false);
  expect(gaveBack({ ...draft, taken_by: manager }, manager.id), "taken over after all").toBe(false);
  expect(gaveBack({ ...draft, ask: null }, manager.id)).toBe(false);
});
