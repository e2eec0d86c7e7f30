/** A schema as it stands in the description of the interface. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  oneOf?: Schema[];
  allOf?: Schema[];
  additionalProperties?: Schema | boolean;
}

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
  description?: string;
}

interface Described {
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
  security?: unknown[];
}

export interface ApiDocument {
  paths: Record<string, Record<string, Described>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface Operation {
  id: string;
  method: string;
  path: string;
  area: string;
  about: string;
  parameters: Parameter[];
  body: unknown;
  answers: { status: string; example: unknown }[];
  open: boolean;
}

/** Deeper than this an example only says that something stands there. */
const DEPTH_MAX = 5;

/** Every operation in the order of its address, with examples made from the schemas. */
export function operationsOf(document: ApiDocument): Operation[] {
  const all: Operation[] = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, described] of Object.entries(methods)) {
      const answers = Object.entries(described.responses).filter(([status]) => status !== "default");
      all.push({
        id: `${method} ${path}`,
        method: method.toUpperCase(),
        path,
        area: path.split("/").find((part) => part !== "" && part !== "api") ?? "",
        about: [described.summary, described.description].filter(Boolean).join(" "),
        parameters: described.parameters ?? [],
        body: exampleIn(document, described.requestBody),
        answers: answers.map(([status, answer]) => ({ status, example: exampleIn(document, answer) })),
        open: described.security === undefined,
      });
    }
  }
  return all.sort((one, other) => one.path.localeCompare(other.path));
}

function exampleIn(document: ApiDocument, content: Content | undefined): unknown {
  const schema = content?.content?.["application/json"]?.schema;
  return schema === undefined ? undefined : exampleOf(document, schema, 0);
}

/** What a value of the schema looks like: names are the real ones, values stand for their type. */
export function exampleOf(document: ApiDocument, schema: Schema, depth: number): unknown {
  if (depth > DEPTH_MAX) return "…";
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").pop() ?? "";
    const named = document.components?.schemas?.[name];
    return named === undefined ? name : exampleOf(document, named, depth + 1);
  }
  if (schema.enum !== undefined) return schema.enum.join(" | ");
  const either = schema.oneOf?.find((one) => one.type !== "null");
  if (either !== undefined) return exampleOf(document, either, depth);
  if (schema.allOf !== undefined) {
    const parts = schema.allOf.map((part) => exampleOf(document, part, depth));
    return Object.assign({}, ...parts.filter((part) => typeof part === "object"));
  }
  const type = [schema.type ?? "object"].flat().find((one) => one !== "null");
  if (type === "array") {
    return schema.items === undefined ? [] : [exampleOf(document, schema.items, depth + 1)];
  }
  if (type !== "object") return type;
  const fields = Object.entries(schema.properties ?? {});
  return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(document, field, depth + 1)]));
}

/** Those whose address or description holds every word of the search. */
export function found(operations: Operation[], search: string): Operation[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return operations.filter((operation) => {
    const text = `${operation.method} ${operation.path} ${operation.about}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
