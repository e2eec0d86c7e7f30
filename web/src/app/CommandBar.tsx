import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { meQuery } from "../api/session";
import { Icon } from "../parts/Icon";
import { useListKeys } from "../parts/useListKeys";
import { visitedBy } from "../parts/visited";
import { shellText } from "../text/shell";
import { type Asked, CommandAsk } from "./CommandAsk";
import styles from "./CommandBar.module.css";
import { type Command, ownCommands, recentCommands } from "./commands";
import { layOver } from "./over";
import { useFound } from "./useFound";

/** What can be chosen for what is typed: while nothing is, what was opened last comes first. */
function useCommands(typed: string) {
  const me = useQuery(meQuery).data;
  const found = useFound(typed, me);
  const visited = useQuery({
    queryKey: ["visited", me?.id],
    enabled: me !== undefined,
    gcTime: 0,
    queryFn: () => visitedBy(me?.id ?? 0),
  });
  const recent = typed === "" ? recentCommands(visited.data ?? [], me) : [];
  return { commands: [...recent, ...ownCommands(typed, me), ...found.commands], state: found.state };
}

/** One field that leads everywhere: what was opened last, actions, pages, customers, products, documents. */
export function CommandBar({ onClose }: { onClose: () => void }) {
  const listId = useId();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<Asked | null>(null);
  const typed = text.trim();
  const { commands, state } = useCommands(typed);
  const run = (command: Command | undefined) => {
    if (!command) return;
    const { does } = command;
    if ("ask" in does) return setAsked(does.ask);
    if ("lay" in does) return layOver(does.lay);
    onClose();
    navigate(does.link as Parameters<typeof navigate>[0]);
  };
  const keys = useListKeys(commands.length, (index) => run(commands[index]));
  if (asked) return <CommandAsk asked={asked} onClose={onClose} />;
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size={600}
      yOffset="12vh"
      padding={0}
      transitionProps={{ duration: 120 }}
      attributes={{ content: { "aria-label": shellText.commandLabel } }}
      radius={12}
    >
      <div className={styles.box}>
        <Icon name="search" />
        <input
          className={styles.input}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={commands.length > 0 ? `${listId}-${keys.active}` : undefined}
          aria-label={shellText.commandHint}
          placeholder={shellText.commandHint}
          value={text}
          maxLength={100}
          onChange={(event) => {
            setText(event.target.value);
            keys.setActive(0);
          }}
          onKeyDown={keys.onKeyDown}
          data-autofocus
        />
      </div>
      <div id={listId} role="listbox" aria-label={shellText.commandLabel} className={styles.list}>
        {commands.map((command, index) => (
          <div key={`${command.group} ${command.key}`} role="presentation">
            {command.group !== commands[index - 1]?.group && <p className={styles.group}>{command.group}</p>}
            <Choice
              command={command}
              id={`${listId}-${index}`}
              active={index === keys.active}
              onActive={() => keys.setActive(index)}
              onPick={() => run(command)}
            />
          </div>
        ))}
      </div>
      <Outcome typed={typed} state={state} none={commands.length === 0} />
      <p className={styles.keys}>{shellText.commandKeys}</p>
    </Modal>
  );
}

interface ChoiceProps {
  command: Command;
  id: string;
  active: boolean;
  onActive: () => void;
  onPick: () => void;
}

function Choice({ command, id, active, onActive, onPick }: ChoiceProps) {
  return (
    <button
      type="button"
      id={id}
      ref={(button) => {
        if (active) button?.scrollIntoView({ block: "nearest" });
      }}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      className={styles.option}
      onMouseMove={onActive}
      onClick={onPick}
    >
      <Icon name={command.icon} size={18} />
      <span className={styles.word}>{command.word}</span>
      {command.detail && <small>{command.detail}</small>}
    </button>
  );
}

/** Says what was not found, or not looked for; nothing while there are choices and all is told. */
function Outcome({
  typed,
  state,
  none,
}: {
  typed: string;
  state: "waiting" | "failed" | "told";
  none: boolean;
}) {
  return (
    <div role="status" aria-live="polite">
      {state === "failed" && <p className={styles.none}>{shellText.commandFailed}</p>}
      {none && state === "waiting" && <p className={styles.none}>{shellText.commandWaiting}</p>}
      {none && state === "told" && (
        <p className={styles.none}>
          <b>{shellText.commandNone(typed)}</b>
          <small>{shellText.commandNoneHint}</small>
        </p>
      )}
    </div>
  );
}
