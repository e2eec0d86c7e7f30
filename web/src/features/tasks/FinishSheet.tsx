import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { Task } from "../../api/types";
import { TextArea } from "../../parts/Field";
import { FileDrop } from "../../parts/FileDrop";
import { ProblemNote } from "../../parts/ProblemNote";
import { Sheet } from "../../parts/Sheet";
import { SheetActs } from "../../parts/SheetActs";
import { useTyped } from "../../parts/useTyped";
import { baseText } from "../../text/base";
import { taskText } from "../../text/tasks";
import styles from "./Tasks.module.css";
import type { useTaskActs } from "./taskApi";

interface FinishSheetProps {
  task: Task;
  finish: ReturnType<typeof useTaskActs>["finish"];
  onClose: () => void;
}

/** What came out of a task, with what it asks for. */
export function FinishSheet({ task, finish, onClose }: FinishSheetProps) {
  const [note, setNote] = useState("");
  const [file, setFile] = useState<string | null>(null);
  const typed = useTyped([note, file]);
  const [asked, setAsked] = useState(false);
  const noteMissing = task.proof === "text" && note.trim() === "";
  const fileMissing = task.proof === "file" && file === null;
  const send = () => {
    setAsked(true);
    if (!noteMissing && !fileMissing) finish.mutate({ note: note.trim(), file });
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={taskText.finishTitle}
      typed={typed}
      footer={
        <SheetActs onClose={onClose} out={baseText.back} busy={finish.isPending} onClick={send}>
          {taskText.finishSave}
        </SheetActs>
      }
    >
      <div className={styles.form}>
        <p>{task.text}</p>
        <TextArea
          label={taskText.finishNote}
          hint={taskText.finishNoteHint}
          optional={task.proof !== "text"}
          error={asked && noteMissing ? taskText.finishNoteMissing : undefined}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.target.value)}
          data-autofocus
        />
        <FileDrop
          label={taskText.finishFile}
          hint={taskText.finishFileHint}
          accept="image/*,application/pdf"
          error={asked && fileMissing ? taskText.finishFileMissing : undefined}
          onStored={(stored) => setFile(stored.file)}
        />
        {finish.error && <ProblemNote problem={asProblem(finish.error)} />}
      </div>
    </Sheet>
  );
}
