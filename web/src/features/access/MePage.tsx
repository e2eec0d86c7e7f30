import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { meQuery, useRight } from "../../api/session";
import { phoneTabs, placesFor } from "../../app/navigation";
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
import { signInText } from "../../text/signIn";
import { LeaveSheet } from "./LeaveSheet";
import styles from "./MePage.module.css";
import { PasswordSheet } from "./PasswordSheet";
import { useLeave } from "./useLeave";

/** Oneself: who, in which role, the password, signing out; on a phone also the way to every other page. */
export function MePage() {
  const phone = useIsPhone();
  const me = useQuery(meQuery);
  const maySeePeople = useRight("people.read");
  const maySeeLog = useRight("audit.read");
  const mayMakeKeys = useRight("keys.write");
  const mayTellOthers = useRight("webhooks.write");
  const [changing, setChanging] = useState(false);
  const leave = useLeave();
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
              <SettingLink
                to="/company"
                icon="seal"
                word={accessText.company}
                hint={accessText.companyHint}
              />
              {!phone && maySeePeople && (
                <SettingLink
                  to="/people"
                  icon="customers"
                  word={accessText.people}
                  hint={accessText.peopleHint}
                />
              )}
              <Link
                to="/people/$personId/rights"
                params={{ personId: String(person.id) }}
                className={styles.place}
              >
                <Icon name="check" />
                <span>
                  {operationText.rightsOwn}
                  <small>{operationText.rightsOwnHint}</small>
                </span>
                <Icon name="right" size={16} />
              </Link>
              {!phone && maySeeLog && (
                <SettingLink
                  to="/audit"
                  icon="history"
                  word={operationText.audit}
                  hint={operationText.auditHint}
                />
              )}
              {!phone && mayMakeKeys && (
                <SettingLink to="/keys" icon="lock" word={operationText.keys} hint={operationText.keysHint} />
              )}
              {!phone && mayTellOthers && (
                <SettingLink
                  to="/webhooks"
                  icon="external"
                  word={operationText.webhooks}
                  hint={operationText.webhooksHint}
                />
              )}
              {!phone && maySeePeople && (
                <SettingLink to="/people/orgs" icon="order" word={orgsText.title} hint={orgsText.hint} />
              )}
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

interface SettingLinkProps {
  to: "/company" | "/people" | "/people/orgs" | "/audit" | "/keys" | "/webhooks";
  icon: IconName;
  word: string;
  hint: string;
}

/** The way to a page of settings. */
function SettingLink({ to, icon, word, hint }: SettingLinkProps) {
  return (
    <Link to={to} className={styles.place}>
      <Icon name={icon} />
      <span>
        {word}
        <small>{hint}</small>
      </span>
      <Icon name="right" size={16} />
    </Link>
  );
}
