import { expect, it } from "vitest";
import {
  asProblem,
  conflictOf,
  fieldFaults,
  offlineProblem,
  Problem,
  problemFrom,
  repricedOf,
} from "./problem";

it("keeps the server's sentence, code, facts and trace id", () => {
  const problem = problemFrom(409, {
    code: "price_changed",
    detail: "价格变了",
    facts: { difference: "1.00" },
    trace_id: "t1",
  });
  expect(problem).toMatchObject({ status: 409, code: "price_changed", message: "价格变了", traceId: "t1" });
});

it("has a sentence of its own for an answer that is no problem document", () => {
  for (const body of [null, "<html>", { message: "x" }]) {
    expect(problemFrom(502, body).code).toBe("unexpected");
    expect(problemFrom(502, body).message.length).toBeGreaterThan(10);
  }
  expect(asProblem(new TypeError("x")).code).toBe("unexpected");
  expect(offlineProblem().offline).toBe(true);
});

it("finds both versions only in a refusal of an outdated edit", () => {
  const current = { version: 4 };
  expect(conflictOf(new Problem(412, "changed_by_other", "", { current, changed_by: "王丽娟" }))).toEqual({
    current,
    changedBy: "王丽娟",
  });
  expect(conflictOf(new Problem(409, "x", "", { current }))).toBeNull();
  expect(conflictOf(new Problem(412, "changed_by_other", "", {}))).toBeNull();
});

it("finds old and new figures wherever the refusal carries them", () => {
  const repriced = { old: {}, new: {}, difference: "1.00", lines: [] };
  expect(repricedOf(new Problem(409, "price_changed", "", { ...repriced }))).toEqual(repriced);
  expect(repricedOf(new Problem(409, "quote_expired", "", { repriced }))).toEqual(repriced);
  expect(repricedOf(new Problem(409, "superseded", "", {}))).toBeNull();
  expect(repricedOf(new Problem(409, "quote_expired", "", { repriced: null }))).toBeNull();
});

it("names the faults of fields by their path", () => {
  const problem = new Problem(422, "invalid", "", {
    fields: [{ path: "units[0].factor", detail: "要大于 0" }],
  });
  expect(fieldFaults(problem)).toEqual({ "units[0].factor": "要大于 0" });
  expect(fieldFaults(null)).toEqual({});
});
