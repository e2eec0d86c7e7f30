// The stories, one file each, and the chains in which they are told.
import { stories as afterSending } from "./after_sending.mjs";
import { stories as agreeing } from "./agreeing.mjs";
import { stories as clock } from "./clock.mjs";
import { stories as company } from "./company.mjs";
import { stories as finding } from "./finding.mjs";
import { stories as guarding } from "./guarding.mjs";
import { stories as hands } from "./hands.mjs";
import { stories as importing } from "./importing.mjs";
import { stories as keyboard } from "./keyboard.mjs";
import { stories as lists } from "./lists.mjs";
import { stories as merging } from "./merging.mjs";
import { stories as operation } from "./operation.mjs";
import { stories as organisation } from "./organisation.mjs";
import { stories as ownLists } from "./own_lists.mjs";
import { stories as pages } from "./pages.mjs";
import { stories as pictures } from "./pictures.mjs";
import { stories as priceSheet } from "./price_sheet.mjs";
import { stories as printing } from "./printing.mjs";
import { stories as publishing } from "./publishing.mjs";
import { stories as quoting } from "./quoting.mjs";
import { stories as rows } from "./rows.mjs";
import { stories as signingIn } from "./signing_in.mjs";
import { stories as strangers } from "./strangers.mjs";
import { stories as templates } from "./templates.mjs";
import { stories as webhooks } from "./webhooks.mjs";

/**
 * The stories of a chain are told one after the other in one company: a later one may lean on what an earlier one left,
 * such as the first order of a seller. Chains know nothing of each other and are told in any order, several at once; the
 * longest stand first, so that none is left alone at the end.
 */
export const chains = [
  [...signingIn, ...quoting, ...hands, ...printing, ...afterSending, ...ownLists, ...agreeing],
  [...publishing, ...importing, ...priceSheet, ...lists, ...rows, ...guarding, ...merging],
  [...pages],
  [...strangers, ...company, ...clock, ...organisation, ...templates, ...pictures],
  [...operation, ...webhooks, ...finding, ...keyboard],
];
