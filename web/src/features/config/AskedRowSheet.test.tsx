import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { AskedRow, Import, ImportPreview, RowDecision } from "../../api/types";
import { importText as words } from "../../text/imports";
import { AskedRowSheet } from "./AskedRowSheet";
import { AskedRows } from "./AskedRows";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => () => {}, useBlocker: () => {} }));

const row: AskedRow = {
  sheet: "价格",
  row: 2,
  said: { code: "FS0101", name: "内墙耐水腻子粉", spec: "10kg", unit: "桶", price: "250" },
  why: ["编码 FS0101 是「JS聚合物防水涂料 20kg」，和这里写的名称对不上，请选定是哪个商品"],
  asks: ["product"],
  names_two: true,
  products: [
    { id: 1, code: "FS0101", name: "JS聚合物防水涂料", spec: "20kg" },
    { id: 2, code: "NQ0101", name: "内墙耐水腻子粉", spec: "10kg" },
  ],
  units: [],
};

function settled(asked: AskedRow) {
  const decisions: RowDecision[] = [];
  const shown = render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <AskedRowSheet row={asked} onSettle={(decision) => decisions.push(decision)} onClose={() => {}} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { decisions, unmount: shown.unmount };
}

const button = () => screen.getByRole<HTMLButtonElement>("button", { name: words.settled });

it("takes none of two products that a row names until one is chosen", () => {
  const { decisions, unmount } = settled(row);
  expect(button().disabled).toBe(true);
  fireEvent.click(screen.getByLabelText(/NQ0101/));
  fireEvent.click(button());
  expect(decisions).toEqual([{ sheet: "价格", row: 2, product_id: 2 }]);
  unmount();
});

it("proposes the likeliest product of a row that names one", () => {
  const { decisions, unmount } = settled({ ...row, names_two: false });
  fireEvent.click(button());
  expect(decisions).toEqual([{ sheet: "价格", row: 2, product_id: 1 }]);
  unmount();
});

it("takes none of several sizes of one name until one is chosen", () => {
  const sizes = ["5L", "18L"].map((spec, nth) => ({
    id: nth + 1,
    code: `NQ${nth}`,
    name: "净味内墙乳胶漆",
    spec,
  }));
  const { unmount } = settled({ ...row, names_two: false, products: sizes });
  expect(button().disabled).toBe(true);
  unmount();
  const tally = { asked: 1 } as ImportPreview["tally"];
  const asked = [{ ...row, names_two: false, products: sizes }];
  const preview = { tally, asked, sheets: [] as ImportPreview["sheets"] } as ImportPreview;
  const found = { choices: { sheets: [], decisions: [] as RowDecision[] } } as unknown as Import;
  render(<AskedRows found={found} preview={preview} busy={false} onChange={() => {}} />);
  expect(screen.queryByRole("button", { name: words.takeProposed(1) })).toBeNull();
});

it("leaves a row that names two products out of what is settled at once", () => {
  const tally = { asked: 2 } as ImportPreview["tally"];
  const asked = [row, { ...row, row: 3, names_two: false }];
  const preview = { tally, asked, sheets: [] as ImportPreview["sheets"] } as ImportPreview;
  const found = { choices: { sheets: [], decisions: [] as RowDecision[] } } as unknown as Import;
  const changed: RowDecision[][] = [];
  render(
    <AskedRows
      found={found}
      preview={preview}
      busy={false}
      onChange={(choices) => changed.push(choices.decisions)}
    />,
  );
  fireEvent.click(screen.getByRole("button", { name: words.takeProposed(1) }));
  expect(changed).toEqual([[{ sheet: "价格", row: 3, product_id: 1 }]]);
});
