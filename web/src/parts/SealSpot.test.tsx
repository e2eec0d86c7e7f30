import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { SealSpot } from "./SealSpot";

it("shows the seal on the foot of a page with the word 预览 over it, never bare", () => {
  const shown = render(<SealSpot picture="/seal.png" alt="现在用的公章" seller="华东建材" />);
  const image = shown.getByRole("img", { name: "现在用的公章" });
  // The word stands in the same place, after the picture: it lies over it.
  expect(image.nextElementSibling?.textContent).toBe("预览");
  expect(shown.container.textContent).toContain("章宽 40 毫米");
  shown.unmount();
});
