import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../../api/problem";
import type { NoticeSetting } from "../../api/types";
import { Button } from "../../parts/Button";
import { TextField } from "../../parts/Field";
import { Loaded } from "../../parts/Loaded";
import { ProblemNote } from "../../parts/ProblemNote";
import { taskText } from "../../text/tasks";
import styles from "./Notices.module.css";
import { settingQuery, useKeepSetting } from "./noticeApi";

const NIGHT = { quiet_from: "22:00", quiet_to: "07:30" };
const EVENING = "18:00";

/** Quiet hours, and one digest a day. */
export function NoticeSettings() {
  const query = useQuery(settingQuery);
  return (
    <Loaded query={query}>
      {(kept) => <Fields key={`${kept.quiet_from} ${kept.digest_at}`} kept={kept} />}
    </Loaded>
  );
}

function Fields({ kept }: { kept: NoticeSetting }) {
  const [typed, setTyped] = useState(kept);
  const keep = useKeepSetting();
  const change = (part: Partial<NoticeSetting>) => setTyped({ ...typed, ...part });
  const quiet = typed.quiet_from !== "" || typed.quiet_to !== "";
  const digest = typed.digest_at !== "";
  const changed = JSON.stringify(typed) !== JSON.stringify(kept);
  return (
    <div className={styles.fields}>
      <p className={styles.hint}>{taskText.settingHint}</p>
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={quiet}
          onChange={(event) => change(event.target.checked ? NIGHT : { quiet_from: "", quiet_to: "" })}
        />
        {taskText.quiet}
      </label>
      {quiet && (
        <div className={styles.pair}>
          <TextField
            label={taskText.quietFrom}
            type="time"
            value={typed.quiet_from}
            onChange={(event) => change({ quiet_from: event.target.value })}
          />
          <TextField
            label={taskText.quietTo}
            type="time"
            value={typed.quiet_to}
            onChange={(event) => change({ quiet_to: event.target.value })}
          />
        </div>
      )}
      <label className={styles.tick}>
        <input
          type="checkbox"
          checked={digest}
          onChange={(event) => change({ digest_at: event.target.checked ? EVENING : "" })}
        />
        {taskText.digest}
      </label>
      {digest && (
        <TextField
          label={taskText.digestAt}
          type="time"
          value={typed.digest_at}
          onChange={(event) => change({ digest_at: event.target.value })}
        />
      )}
      {keep.error && <ProblemNote problem={asProblem(keep.error)} />}
      <div>
        <Button look="primary" disabled={!changed} busy={keep.isPending} onClick={() => keep.mutate(typed)}>
          {taskText.settingSave}
        </Button>
      </div>
    </div>
  );
}
