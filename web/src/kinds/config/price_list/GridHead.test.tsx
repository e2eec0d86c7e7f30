import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { GridHead } from "./GridHead";

it("names the unit of prices over their columns", () => {
  const shown = render(<GridHead sorting={null} onSort={() => undefined} />);
  expect(screen.getByRole("columnheader", { name: "现价（元）" })).toBeTruthy();
  expect(screen.getByRole("columnheader", { name: "新价（元）" })).toBeTruthy();
  expect(screen.getByRole("columnheader", { name: "编码" })).toBeTruthy();
  shown.unmount();
});
