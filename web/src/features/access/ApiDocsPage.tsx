import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { docsText } from "../../text/docs";
import styles from "./ApiDocsPage.module.css";
import { type ApiDocument, found, type Operation, operationsOf } from "./apiDocs";

const DOCUMENT = "/api/openapi.json";

/** The interface as programmers read it, from the very document that the server serves. */
export function ApiDocsPage() {
  const [search, setSearch] = useState("");
  const document = useQuery({
    queryKey: ["openapi"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await (await fetch(DOCUMENT, { signal })).json()) as ApiDocument,
  }).data;
  const shown = document === undefined ? [] : found(operationsOf(document), search);
  const areas = [...new Set(shown.map((operation) => operation.area))];
  return (
    <main className={styles.page}>
      <h1>{docsText.title}</h1>
      <div className={styles.lead}>
        <p>{docsText.lead}</p>
        <p>
          {docsText.signIn} <code>{docsText.bearer}</code>
        </p>
        <p>
          {docsText.once} <code>Idempotency-Key</code>
          {docsText.onceWhy}
        </p>
        <p>
          {docsText.edits} <code>If-Match</code>
          {docsText.editsWhy}
        </p>
        <p>{docsText.refusals}</p>
        <p>{docsText.figures}</p>
        <p>
          <a href={DOCUMENT} download="openapi.json">
            {docsText.document}
          </a>
        </p>
      </div>
      <input
        className={styles.search}
        type="search"
        aria-label={docsText.search}
        placeholder={docsText.search}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {document !== undefined && shown.length === 0 && <p>{docsText.none}</p>}
      {areas.map((area) => (
        <section key={area} aria-label={area}>
          <h2 className={styles.area}>{area}</h2>
          {shown
            .filter((operation) => operation.area === area)
            .map((operation) => (
              <OperationView key={operation.id} operation={operation} />
            ))}
        </section>
      ))}
    </main>
  );
}

function OperationView({ operation }: { operation: Operation }) {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.operation} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <b>{operation.method}</b>
        <code>{operation.path}</code>
        <small>{operation.about}</small>
        {operation.open && <small>{docsText.open}</small>}
      </summary>
      {open && (
        <div className={styles.inside}>
          {operation.parameters.length > 0 && (
            <>
              <h3>{docsText.parameters}</h3>
              <ul>
                {operation.parameters.map((parameter) => (
                  <li key={`${parameter.in} ${parameter.name}`}>
                    <code>{parameter.name}</code> ({parameter.in}
                    {parameter.required && `, ${docsText.required}`}) {parameter.description}
                  </li>
                ))}
              </ul>
            </>
          )}
          {operation.body !== undefined && <Example title={docsText.body} value={operation.body} />}
          {operation.answers.map(({ status, example }) => (
            <Example key={status} title={docsText.answer(status)} value={example} />
          ))}
        </div>
      )}
    </details>
  );
}

function Example({ title, value }: { title: string; value: unknown }) {
  return (
    <>
      <h3>{title}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself is reached by the keyboard too */}
      {value !== undefined && <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>}
    </>
  );
}
