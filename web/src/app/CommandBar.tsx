import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type LinkProps, useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { meQuery } from "../api/session";
import { Icon, type IconName } from "../parts/Icon";
import { useListKeys } from "../parts/useListKeys";
import { shellText } from "../text/shell";
import styles from "./CommandBar.module.css";
import { placesFor } from "./navigation";
import { useFound } from "./useFound";

export interface Command {
  key: string;
  group: string;
  icon: IconName;
  word: string;
  detail?: string;
  link: LinkProps;
}

const fits = (text: string, word: string, initials: string) =>
  text === "" || word.includes(text) || initials.startsWith(text.toLowerCase());

/** One field that leads everywhere: pages by name or pinyin initials, customers, products, quotations. */
export function CommandBar({ onClose }: { onClose: () => void }) {
  const listId = useId();
  const navigate = useNavigate();
  const me = useQuery(meQuery).data;
  const [text, setText] = useState("");
  const typed = text.trim();
  const found = useFound(typed, me);
  const own: Command[] = placesFor(me)
    .filter((place) => fits(typed, place.word, place.initials))
    .map((place) => ({
      key: place.to,
      group: shellText.commandPages,
      icon: place.icon,
      word: place.word,
      link: { to: place.to },
    }));
  const actions: Command[] = [];
  if (me?.rights.includes("quote.write") && fits(typed, shellText.newQuote, "xjbj")) {
    actions.push({
      key: "new quote",
      group: shellText.commandActions,
      icon: "plus",
      word: shellText.newQuote,
      link: { to: "/quotes/new" },
    });
  }
  if (me?.rights.includes("product.write") && fits(typed, shellText.newProduct, "xjsp")) {
    actions.push({
      key: "new product",
      group: shellText.commandActions,
      icon: "plus",
      word: shellText.newProduct,
      link: { to: "/products/new" },
    });
  }
  const commands = [...actions, ...own, ...found];
  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    navigate(command.link as Parameters<typeof navigate>[0]);
  };
  const keys = useListKeys(commands.length, (index) => run(commands[index]));
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
          <div key={command.key} role="presentation">
            {command.group !== commands[index - 1]?.group && <p className={styles.group}>{command.group}</p>}
            <button
              type="button"
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === keys.active}
              tabIndex={-1}
              className={styles.option}
              onMouseMove={() => keys.setActive(index)}
              onClick={() => run(command)}
            >
              <Icon name={command.icon} size={18} />
              <span className={styles.word}>{command.word}</span>
              {command.detail && <small>{command.detail}</small>}
            </button>
          </div>
        ))}
        {commands.length === 0 && <p className={styles.none}>{shellText.commandEmpty}</p>}
      </div>
      <p className={styles.keys}>{shellText.commandKeys}</p>
    </Modal>
  );
}
