import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Checks } from "../../../api/types";
import { RangesContext, rangesOf, useOutside, useRange } from "./ranges";

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

function Judged({ price }: { price: string | null }) {
  return (
    <p>{useOutside({ key: "DG0102", content: price === null ? null : { product: 1, price } }) ?? "–"}</p>
  );
}

it("says in a few words that a price lies outside, of both ends inside nothing", () => {
  const ranges = [{ key: "DG0102", list_price: "256.00", lowest: "240.64", highest: "1286.72" }];
  const shown = render(
    <RangesContext value={rangesOf({ ranges } as unknown as Checks)}>
      {["1286.73", "240.6", "240.64", "1286.72", null].map((price) => (
        <Judged key={price} price={price} />
      ))}
    </RangesContext>,
  );
  const said = [...shown.container.querySelectorAll("p")].map((one) => one.textContent);
  expect(said).toEqual(["超出 240.64–1,286.72", "超出 240.64–1,286.72", "–", "–", "–"]);
  shown.unmount();
});
