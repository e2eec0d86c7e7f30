import { describe, expect, it } from "vitest";
import { type ApiDocument, exampleOf, found, operationsOf } from "./apiDocs";

const document: ApiDocument = {
  paths: {
    "/api/quotes": {
      post: {
        summary: "Begin a quotation.",
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/New" } } } },
        responses: {
          "201": { content: { "application/json": { schema: { type: "integer" } } } },
          default: {},
        },
        security: [{}],
      },
    },
    "/api/company": { get: { summary: "The company.", responses: { "200": {} } } },
  },
  components: {
    schemas: {
      New: {
        properties: {
          customer_id: { type: "integer" },
          note: { type: ["string", "null"] },
          lines: { type: "array", items: { $ref: "#/components/schemas/Line" } },
        },
      },
      Line: { properties: { qty: { type: "string" }, own: { $ref: "#/components/schemas/Line" } } },
    },
  },
};

describe("the description of the interface", () => {
  it("lists operations by their address, with what is sent and answered", () => {
    const [company, quotes] = operationsOf(document);
    expect(company).toMatchObject({ method: "GET", area: "company", open: true, body: undefined });
    expect(quotes).toMatchObject({ method: "POST", path: "/api/quotes", open: false });
    expect(quotes?.body).toMatchObject({
      customer_id: "integer",
      note: "string",
      lines: [{ qty: "string" }],
    });
    expect(quotes?.answers).toEqual([{ status: "201", example: "integer" }]);
  });

  it("ends where a schema names itself", () => {
    const line = { $ref: "#/components/schemas/Line" };
    expect(JSON.stringify(exampleOf(document, line, 0))).toContain("…");
  });

  it("finds by every word, in the address or in what is said", () => {
    const all = operationsOf(document);
    expect(found(all, "post quot").map((one) => one.path)).toEqual(["/api/quotes"]);
    expect(found(all, "company")).toHaveLength(1);
    expect(found(all, "get begin")).toHaveLength(0);
    expect(found(all, " ")).toHaveLength(2);
  });
});
