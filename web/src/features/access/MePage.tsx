import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { meQuery } from "../../api/session";
import { phoneTabs, placesFor } from "../../app/navigation";
import { layOver } from "../../app/over";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { Facts } from "../../parts/Facts";
import { Icon, type IconName } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { useIsPhone } from "../../parts/useIsPhone";
import { accessText } from "../../text/access";
import { operationText } from "../../text/operation";
import { orgsText } from "../../text/orgs";
import { shellText } from "../../text/shell";
import { signInText } from "../../text/signIn";
import { LeaveSheet } from "./LeaveSheet";
import styles from "./MePage.module.css";
import { PasswordSheet } from "./PasswordSheet";
import { useLeave } from "./useLeave";

/** Pages of settings; those that need a right stand here on a wide screen, and on a phone among the other pages. */
const SETTINGS = [
  { to: "/company", icon: "seal", word: accessText.company, hint: accessText.companyHint, needs: undefined },
  {
    to: "/people",
    icon: "customers",
    word: accessText.people,
    hint: accessText.peopleHint,
    needs: "people.read",
  },
  { to: "/people/orgs", icon: "order", word: orgsText.title, hint: orgsText.hint, needs: "people.read" },
  {
    to: "/audit",
    icon: "history",
    word: operationText.audit,
    hint: operationText.auditHint,
    needs: "audit.read",
  },
  { to: "/keys", icon: "lock", word: operationText.keys, hint: operationText.keysHint, needs: "keys.write" },
  {
    to: "/webhooks",
    icon: "external",
    word: operationText.webhooks,
    hint: operationText.webhooksHint,
    needs: "webhooks.write",
  },
  {
    to: "/backups",
    icon: "file",
    word: operationText.backups,
    hint: operationText.backupsHint,
    needs: "company.write",
  },
] as const;

/** Oneself: who, in which role, the password, signing out; on a phone also the way to every other page. */
export function MePage() {
  const phone = useIsPhone();
  const me = useQuery(meQuery);
  const [changing, setChanging] = useState(false);
  const leave = useLeave();
  const may = (right: string) => me.data?.rights.includes(right) ?? false;
  const open = placesFor(me.data);
  const tabs = phoneTabs(open);
  const places = phone ? open.filter((place) => !tabs.includes(place)) : [];
  return (
    <Page title={accessText.me} width="read">
      <Loaded query={me}>
        {(person) => (
          <div className={styles.cards}>
            <Card>
              <div className={styles.person}>
                <span className={styles.face} aria-hidden="true">
                  {person.name.slice(-1)}
                </span>
                <div>
                  <p className={styles.name}>{person.name}</p>
                  <p className={styles.company}>{person.company.name}</p>
                </div>
              </div>
              <Facts
                facts={[
                  { label: signInText.account, value: person.account },
                  { label: accessText.role, value: person.role_names.join(" · ") },
                  { label: accessText.org, value: person.org.name },
                ]}
              />
            </Card>
            {places.length > 0 && (
              <Card title={accessText.places} flush>
                {places.map((place) => (
                  <Link key={place.to} to={place.to} className={styles.place}>
                    <Icon name={place.icon} />
                    <span>{place.word}</span>
                    <Icon name="right" size={16} />
                  </Link>
                ))}
              </Card>
            )}
            <Card flush>
              <button type="button" className={styles.place} onClick={() => layOver("command")}>
                <Setting icon="search" word={shellText.commandOpen} hint={shellText.commandWhy} />
              </button>
              <button type="button" className={styles.place} onClick={() => layOver("keys")}>
                <Setting icon="question" word={shellText.keyMap} hint={shellText.keyMapHint} />
              </button>
            </Card>
            <Card flush>
              {SETTINGS.filter((one) => one.needs === undefined || (!phone && may(one.needs))).map((one) => (
                <Link key={one.to} to={one.to} className={styles.place}>
                  <Setting icon={one.icon} word={one.word} hint={one.hint} />
                </Link>
              ))}
              <Link
                to="/people/$personId/rights"
                params={{ personId: String(person.id) }}
                className={styles.place}
              >
                <Setting icon="check" word={operationText.rightsOwn} hint={operationText.rightsOwnHint} />
              </Link>
            </Card>
            <Card title={accessText.devices}>
              <div className={styles.actions}>
                <Button icon="lock" onClick={() => setChanging(true)}>
                  {accessText.changePassword}
                </Button>
                <Button icon="leave" busy={leave.busy} onClick={() => leave.ask(false)}>
                  {accessText.signOut}
                </Button>
                <Button look="danger" busy={leave.busy} onClick={() => leave.ask(true)}>
                  {accessText.signOutAll}
                </Button>
              </div>
              <p className={styles.hint}>{accessText.signOutAllHint}</p>
            </Card>
          </div>
        )}
      </Loaded>
      {leave.asked && <LeaveSheet count={leave.asked.count} onLeave={leave.confirm} onClose={leave.stay} />}
      {changing && <PasswordSheet onClose={() => setChanging(false)} />}
    </Page>
  );
}

/** What leads on from a row: its name, and what is found there. */
function Setting({ icon, word, hint }: { icon: IconName; word: string; hint: string }) {
  return (
    <>
      <Icon name={icon} />
      <span>
        {word}
        <small>{hint}</small>
      </span>
      <Icon name="right" size={16} />
    </>
  );
}
