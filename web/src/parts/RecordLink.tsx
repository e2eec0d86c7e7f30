import { Link } from "@tanstack/react-router";
import type { About } from "../api/types";
import { taskText } from "../text/tasks";

/** The record that a task or a message is about, by its number and customer; without a way there for whoever may not see it. */
export function RecordLink({ about, onOpen }: { about: About; onOpen?: () => void }) {
  if (about.entity === "webhook") {
    return (
      <Link to="/webhooks/$webhookId" params={{ webhookId: String(about.id) }} onClick={onOpen}>
        {taskText.webhook}
      </Link>
    );
  }
  if (about.entity === "config_item") {
    return (
      <Link to="/config/items/$itemId" params={{ itemId: String(about.id) }} onClick={onOpen}>
        {taskText.rules}
      </Link>
    );
  }
  if (about.entity !== "quote") return <span>{taskText.company}</span>;
  if (about.customer === null) return <span>{taskText.hidden}</span>;
  return (
    <Link to="/quotes/$quoteId" params={{ quoteId: String(about.id) }} onClick={onOpen}>
      {about.number === null ? taskText.draftOf(about.customer) : `${about.number} · ${about.customer}`}
    </Link>
  );
}
