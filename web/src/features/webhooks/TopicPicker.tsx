import type { WebhookTopic } from "../../api/types";
import { Button } from "../../parts/Button";
import { webhookText } from "../../text/webhooks";
import styles from "./Webhooks.module.css";

interface TopicPickerProps {
  topics: WebhookTopic[];
  chosen: string[];
  missing: boolean;
  onChange: (chosen: string[]) => void;
}

/** What an address is told, under headings. */
export function TopicPicker({ topics, chosen, missing, onChange }: TopicPickerProps) {
  const groups = [...new Set(topics.map((topic) => topic.group))];
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const all = chosen.length === topics.length;
  return (
    <fieldset className={styles.topics}>
      <legend>{webhookText.topics}</legend>
      <Button small onClick={() => onChange(all ? [] : topics.map((topic) => topic.id))}>
        {all ? webhookText.topicsNone : webhookText.topicsAll}
      </Button>
      {groups.map((group) => (
        <fieldset key={group} className={styles.group}>
          <legend>{group}</legend>
          {topics
            .filter((topic) => topic.group === group)
            .map((topic) => (
              <label key={topic.id} className={styles.check}>
                <input
                  type="checkbox"
                  checked={chosen.includes(topic.id)}
                  onChange={() => toggle(topic.id)}
                />
                {topic.name}
              </label>
            ))}
        </fieldset>
      ))}
      {missing && <p role="alert">{webhookText.topicsMissing}</p>}
    </fieldset>
  );
}
