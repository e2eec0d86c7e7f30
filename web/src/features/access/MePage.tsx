import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { meQuery, useRight } from "../../api/session";
import { phoneTabs, placesFor } from "../../app/navigation";
import { Button } from "../../parts/Button";
import { Card } from "../../parts/Card";
import { Facts } from "../../parts/Facts";
import { Icon } from "../../parts/Icon";
import { Loaded } from "../../parts/Loaded";
import { Page } from "../../parts/Page";
import { useIsPhone } from "../../parts/useIsPhone";
import { accessText } from "../../text/access";
import { LeaveSheet } from "./LeaveSheet";
import styles from "./MePage.module.css";
import { PasswordSheet } from "./PasswordSheet";
import { useLeave } from "./useLeave";

/** Oneself: who, in which role, the password, signing out; on a phone also the way to every other page. */
export function MePage() {
  const phone = useIsPhone();
  const me = useQuery(meQuery);
  const maySeePeople = useRight("people.read");
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
                  { label: accessText.account, value: person.account },
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
              <Link to="/company" className={styles.place}>
                <Icon name="seal" />
                <span>
                  {accessText.company}
                  <small>{accessText.companyHint}</small>
                </span>
                <Icon name="right" size={16} />
              </Link>
              {!phone && maySeePeople && (
                <Link to="/people" className={styles.place}>
                  <Icon name="customers" />
                  <span>
                    {accessText.people}
                    <small>{accessText.peopleHint}</small>
                  </span>
                  <Icon name="right" size={16} />
                </Link>
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
