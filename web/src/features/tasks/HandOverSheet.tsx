import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { Task } from "../../api/types";
import { Loaded } from "../../parts/Loaded";
import { ProblemNote } from "../../parts/ProblemNote";
import { SearchBox } from "../../parts/SearchBox";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { baseText } from "../../text/base";
import { taskText } from "../../text/tasks";
import styles from "./Tasks.module.css";
import { takersQuery, type useTaskActs } from "./taskApi";

interface HandOverSheetProps {
  task: Task;
  handOver: ReturnType<typeof useTaskActs>["handOver"];
  onClose: () => void;
}

/** Who takes a task over: everybody who sees its record. */
export function HandOverSheet({ task, handOver, onClose }: HandOverSheetProps) {
  const [q, setQ] = useState<string | undefined>();
  const query = useQuery(takersQuery(task.id, q));
  const [picked, setPicked] = useState<{ id: number; name: string } | null>(null);
  const [asked, setAsked] = useState(false);
  // Whoever is not in sight any more is not chosen any more.
  const find = (next: string | undefined) => {
    setQ(next);
    setPicked(null);
  };
  const send = () => {
    setAsked(true);
    if (picked) handOver.mutate(picked);
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={taskText.handTitle}
      footer={
        <SheetActs onClose={onClose} out={baseText.back} busy={handOver.isPending} onClick={send}>
          {taskText.handSave}
        </SheetActs>
      }
    >
      <div className={styles.form}>
        <p>{task.text}</p>
        <Loaded query={query}>
          {({ items, more }) => (
            <>
              {(more || q !== undefined) && (
                <SearchBox label={taskText.handSearch} value={q} onChange={find} />
              )}
              {items.length === 0 ? (
                <p>{q === undefined ? taskText.handNobody : taskText.handNotFound}</p>
              ) : (
                <fieldset>
                  <legend>{taskText.handHint}</legend>
                  <div className={styles.takers}>
                    {items.map((person) => (
                      <label key={person.id} className={styles.taker}>
                        <input
                          type="radio"
                          name="taker"
                          checked={picked?.id === person.id}
                          onChange={() => setPicked(person)}
                        />
                        <span>
                          {person.name}
                          <small>{person.org}</small>
                        </span>
                      </label>
                    ))}
                  </div>
                </fieldset>
              )}
              {more && <p>{taskText.handMore}</p>}
            </>
          )}
        </Loaded>
        {asked && !picked && <p role="alert">{taskText.handPick}</p>}
        {handOver.error && <ProblemNote problem={asProblem(handOver.error)} />}
      </div>
    </Sheet>
  );
}
