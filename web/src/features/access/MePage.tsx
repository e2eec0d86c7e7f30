import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { meQuery } from "../../api/session";
import { phoneTabs, placesFor, sideBar } from "../../app/navigation";
import { layOver } from "../../app/over";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { Facts } from "../../parts/Facts";
import { Icon, type IconName } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { SETTINGS } from "../../parts/settings";
import { useIsPhone } from "../../parts/useIsPhone";
import { accessText } from "../../text/access";
import { operationText } from "../../text/operation";
import { shellText } from "../../text/shell";
import { signInText } from "../../text/signIn";
import { LeaveSheet } from "./LeaveSheet";
import styles from "./MePage.module.css";
import { PasswordSheet } from "./PasswordSheet";
import { useLeave } from "./useLeave";

/** Oneself: who, in which role, the password, signing out; on a phone also the way to every other page. */
export function MePage() {
  const phone = useIsPhone();
  const me = useQuery(meQuery);
  const [changing, setChanging] = useState(false);
  const leave = useLeave();
  const may = (right: string) => me.data?.rights.includes(right) ?? false;
  const open = placesFor(me.data);
  const tabs = phoneTabs(open);
  const inBar = phone ? tabs : sideBar(open).managing;
  const stands = (to: string, among: { to: string }[]) => among.some((place) => place.to === to);
  const places = phone ? open.filter((place) => !stands(place.to, tabs)) : [];
  // What leads on from the bar or from the list above is not said twice.
  const settings = SETTINGS.filter(
    ({ to, needs }) =>
      !stands(to, inBar) && !stands(to, places) && (needs === undefined || (!phone && may(needs))),
  );
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
              {settings.map((one) => (
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
