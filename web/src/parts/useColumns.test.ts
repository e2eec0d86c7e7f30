import { expect, it } from "vitest";
import type { OrderColumn } from "../api/types";
import type { Column } from "./RecordList";
import { columnsOf } from "./useColumns";

const cell = () => "";
const column = { head: "客户", cell };

it("makes of the server's names the keys of the columns, in the order in which they are written", () => {
  const columns: Column<object>[] = columnsOf<"net" | "day", object>({
    net: { ...column, right: true },
    day: column,
  });
  expect(columns).toEqual([
    { key: "net", head: "客户", cell, right: true },
    { key: "day", head: "客户", cell },
  ]);
});

it("does not compile with a column that the server does not know, or without one of its own", () => {
  const some = { number: column, customer: column };
  // @ts-expect-error The others are missing.
  expect(columnsOf<OrderColumn, object>(some)).toHaveLength(2);
  // @ts-expect-error The server knows no such column.
  const unknown: OrderColumn = "code";
  expect(unknown).toBe("code");
});
