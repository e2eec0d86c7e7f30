import { accessText } from "../text/access";
import { operationText } from "../text/operation";
import { orgsText } from "../text/orgs";

/** Pages of settings, what is found there, and the right without which they would only refuse. */
export const SETTINGS = [
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
