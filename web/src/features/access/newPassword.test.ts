import { expect, it } from "vitest";
import { accessText } from "../../text/access";
import { weaknessOf } from "./newPassword";

it("has one rule for every new password, and the hint says the same", () => {
  expect(weaknessOf("xiaochen", "1234567")).toBe("密码太短，请至少用 8 个字符");
  expect(weaknessOf("xiaochen", "12345678")).toBeNull();
  expect(weaknessOf("xiaochen", "my-XiaoChen-1")).toBe("密码里不能包含账号名，请换一个");
  expect(weaknessOf("xc", "xc-and-more")).toBeNull();
  expect(accessText.nextHint).toContain("至少 8 个字符，不能包含账号名");
});
