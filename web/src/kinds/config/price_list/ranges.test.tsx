import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Checks } from "../../../api/types";
import { RangesContext, rangesOf, useRange } from "./ranges";

function Said({ of }: { of: string }) {
  return <p>{useRange(of) ?? "–"}</p>;
}

it("says of a region's row what head office asks and what the region may set, of others nothing", () => {
  const ranges = [{ key: "WJ0701", list_price: "15.00", lowest: "14.10", highest: "16.80" }];
  const checks = { ranges } as unknown as Checks;
  const shown = render(
    <RangesContext value={rangesOf(checks)}>
      <Said of="WJ0701" />
      <Said of="DZ0103" />
    </RangesContext>,
  );
  const said = [...shown.container.querySelectorAll("p")].map((one) => one.textContent);
  expect(said).toEqual(["总部 15.00 · 可定 14.10–16.80", "–"]);
  shown.unmount();
});
