import { expect, it } from "vitest";
import { handsRead } from "./Hands";

const manager = { id: 1, name: "陆建平" };
const seller = { id: 2, name: "邓子轩" };

it("tells a manager that another's draft is his to change, and what taking it over does", () => {
  const said = handsRead({ owner: seller, made_by: seller, taken_by: null }, manager.id);
  expect(said).toContain("这是邓子轩的草稿，你也可以改和出具");
  expect(said).toContain("点「接手」以后，邓子轩不能同时改");
});

it("never calls a draft another's before whoever made it", () => {
  const said = handsRead({ owner: seller, made_by: manager, taken_by: null }, manager.id);
  expect(said).toBe("客户归邓子轩，报价记在邓子轩名下；你建的，可以直接改和出具。");
});

it("tells in whose hands it is, whoever made it", () => {
  const said = handsRead({ owner: seller, made_by: seller, taken_by: manager }, seller.id);
  expect(said).toBe("陆建平接手了这张草稿，现在由陆建平改价和出具。要自己改，请点「接手」。");
});

it("goes on telling whoever took it over whose draft it is", () => {
  const said = handsRead({ owner: seller, made_by: seller, taken_by: manager }, manager.id);
  expect(said).toBe("这是邓子轩的草稿，你接手了：由你改价和出具，出具以后仍记在邓子轩名下。");
});
