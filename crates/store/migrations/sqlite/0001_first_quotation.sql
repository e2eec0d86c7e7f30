-- Organisation, people, rights
CREATE TABLE company (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL, address TEXT NOT NULL, phone TEXT NOT NULL,
    tax_no TEXT NOT NULL, bank_name TEXT NOT NULL, bank_account TEXT NOT NULL,
    seal_file TEXT, demo BIGINT NOT NULL, prices_include_tax BIGINT NOT NULL,
    quote_valid_days BIGINT NOT NULL, version BIGINT NOT NULL, created_at BIGINT NOT NULL
);
CREATE TABLE org_unit (
    id INTEGER PRIMARY KEY,
    parent_id BIGINT REFERENCES org_unit (id),
    kind TEXT NOT NULL CHECK (kind IN ('hq', 'region', 'branch')),
    name TEXT NOT NULL, code TEXT NOT NULL UNIQUE, path TEXT NOT NULL
);
CREATE TABLE role (id INTEGER PRIMARY KEY, role_key TEXT NOT NULL UNIQUE, name TEXT NOT NULL);
CREATE TABLE role_right (
    role_id BIGINT NOT NULL REFERENCES role (id), right_key TEXT NOT NULL, reach TEXT NOT NULL,
    PRIMARY KEY (role_id, right_key)
);
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL UNIQUE, name TEXT NOT NULL, phone TEXT NOT NULL,
    org_id BIGINT NOT NULL REFERENCES org_unit (id),
    password_hash TEXT NOT NULL, active BIGINT NOT NULL,
    version BIGINT NOT NULL, created_at BIGINT NOT NULL, last_seen_at BIGINT, search TEXT NOT NULL
);
CREATE TABLE person_role (
    person_id BIGINT NOT NULL REFERENCES person (id), role_id BIGINT NOT NULL REFERENCES role (id),
    PRIMARY KEY (person_id, role_id)
);
CREATE TABLE session (
    token_hash TEXT PRIMARY KEY, person_id BIGINT NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, agent TEXT NOT NULL
);
CREATE INDEX session_person ON session (person_id);
CREATE TABLE sign_in_failure (who TEXT PRIMARY KEY, failures BIGINT NOT NULL, last_at BIGINT NOT NULL);

-- Customers
-- `name_key` is the name as it is compared, `search` everything that a search looks into, pinyin initials included.
CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, name_key TEXT NOT NULL,
    customer_type TEXT, tier TEXT,
    owner_id BIGINT NOT NULL REFERENCES person (id),
    branch_id BIGINT NOT NULL REFERENCES org_unit (id),
    contact TEXT NOT NULL, phone TEXT NOT NULL, city TEXT NOT NULL, address TEXT NOT NULL, notes TEXT NOT NULL,
    initials TEXT NOT NULL, search TEXT NOT NULL, version BIGINT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES person (id), created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);
CREATE INDEX customer_name ON customer (name_key);
CREATE INDEX customer_branch ON customer (branch_id, id);
CREATE INDEX customer_owner ON customer (owner_id, id);
CREATE TABLE customer_helper (
    customer_id BIGINT NOT NULL REFERENCES customer (id), person_id BIGINT NOT NULL REFERENCES person (id),
    PRIMARY KEY (customer_id, person_id)
);
CREATE INDEX customer_helper_person ON customer_helper (person_id, customer_id);

-- Catalogue
CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    parent_id BIGINT REFERENCES category (id), name TEXT NOT NULL, ord BIGINT NOT NULL
);
CREATE UNIQUE INDEX category_name ON category (COALESCE(parent_id, 0), name);
CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, spec TEXT NOT NULL,
    category_id BIGINT REFERENCES category (id), series TEXT,
    base_unit TEXT NOT NULL, tax_rate BIGINT NOT NULL, cost BIGINT, floor_price BIGINT,
    price_decimals BIGINT NOT NULL, archived BIGINT NOT NULL,
    initials TEXT NOT NULL, search TEXT NOT NULL, version BIGINT NOT NULL,
    created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);
CREATE INDEX product_category ON product (category_id, id);
CREATE TABLE product_barcode (
    code TEXT PRIMARY KEY, product_id BIGINT NOT NULL REFERENCES product (id),
    unit TEXT NOT NULL, ord BIGINT NOT NULL
);
CREATE INDEX product_barcode_product ON product_barcode (product_id, ord);
CREATE TABLE product_unit (
    product_id BIGINT NOT NULL REFERENCES product (id), unit TEXT NOT NULL,
    numerator BIGINT NOT NULL, denominator BIGINT NOT NULL, ord BIGINT NOT NULL,
    PRIMARY KEY (product_id, unit)
);

-- Configuration with a history
CREATE TABLE config_item (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, scope_org BIGINT NOT NULL REFERENCES org_unit (id),
    item_key TEXT NOT NULL, name TEXT NOT NULL, head_n BIGINT NOT NULL,
    archived BIGINT NOT NULL, created_at BIGINT NOT NULL,
    UNIQUE (kind, scope_org, item_key)
);
CREATE TABLE config_rev (
    item_id BIGINT NOT NULL REFERENCES config_item (id), n BIGINT NOT NULL, parent_n BIGINT NOT NULL,
    hash TEXT NOT NULL, author BIGINT NOT NULL REFERENCES person (id), note TEXT NOT NULL,
    restores_n BIGINT, row_count BIGINT NOT NULL,
    added BIGINT NOT NULL, changed BIGINT NOT NULL, removed BIGINT NOT NULL, created_at BIGINT NOT NULL,
    PRIMARY KEY (item_id, n)
);
-- Keys are compared byte by byte on both engines. `about` is the product that a row speaks of, if any.
CREATE TABLE config_row (
    item_id BIGINT NOT NULL REFERENCES config_item (id), row_key TEXT NOT NULL,
    rev_from BIGINT NOT NULL, rev_to BIGINT, about BIGINT, content TEXT NOT NULL,
    PRIMARY KEY (item_id, row_key, rev_from)
);
CREATE INDEX config_row_rev ON config_row (item_id, rev_from);
CREATE INDEX config_row_end ON config_row (item_id, rev_to);
CREATE INDEX config_row_about ON config_row (about);
CREATE TABLE release (
    id INTEGER PRIMARY KEY,
    scope_org BIGINT NOT NULL REFERENCES org_unit (id), n BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('published', 'cancelled')),
    effective_at BIGINT NOT NULL, published_at BIGINT NOT NULL,
    author BIGINT NOT NULL REFERENCES person (id), published_by BIGINT NOT NULL REFERENCES person (id),
    confirmed_by BIGINT REFERENCES person (id), note TEXT NOT NULL,
    cancelled_at BIGINT, cancelled_by BIGINT REFERENCES person (id), cancel_reason TEXT,
    UNIQUE (scope_org, n)
);
CREATE INDEX release_effective ON release (effective_at);
CREATE TABLE release_item (
    release_id BIGINT NOT NULL REFERENCES release (id), item_id BIGINT NOT NULL, rev_n BIGINT NOT NULL,
    PRIMARY KEY (item_id, rev_n)
);
CREATE INDEX release_item_release ON release_item (release_id);
-- A revision counts as void from `from_at` on: at once, or when the release that replaces it comes into force.
CREATE TABLE config_void (
    item_id BIGINT NOT NULL REFERENCES config_item (id), n BIGINT NOT NULL,
    reason TEXT NOT NULL, voided_by BIGINT NOT NULL REFERENCES person (id), voided_at BIGINT NOT NULL,
    from_at BIGINT NOT NULL, release_id BIGINT REFERENCES release (id),
    PRIMARY KEY (item_id, n)
);
CREATE TABLE config_draft (
    id INTEGER PRIMARY KEY,
    item_id BIGINT NOT NULL REFERENCES config_item (id), base_n BIGINT NOT NULL,
    title TEXT NOT NULL, note TEXT NOT NULL, author BIGINT NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('editing', 'submitted', 'confirmed', 'published', 'discarded')),
    effective_at BIGINT, restores_n BIGINT, voids_n BIGINT,
    returned_reason TEXT, returned_by BIGINT REFERENCES person (id), returned_at BIGINT,
    confirmed_by BIGINT REFERENCES person (id), published_n BIGINT,
    version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL
);
CREATE INDEX config_draft_item ON config_draft (item_id, state);
CREATE TABLE config_draft_row (
    draft_id BIGINT NOT NULL REFERENCES config_draft (id), row_key TEXT NOT NULL, about BIGINT, content TEXT,
    PRIMARY KEY (draft_id, row_key)
);

-- Files
CREATE TABLE file (hash TEXT PRIMARY KEY, bytes BIGINT NOT NULL, mime TEXT NOT NULL, name TEXT NOT NULL, created_by BIGINT REFERENCES person (id), created_at BIGINT NOT NULL);
CREATE TABLE file_part (hash TEXT NOT NULL, n BIGINT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (hash, n));
-- Who handed a file in: the same content may come from several people.
CREATE TABLE file_upload (
    hash TEXT NOT NULL REFERENCES file (hash), person_id BIGINT NOT NULL REFERENCES person (id), uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (hash, person_id)
);

-- Quotations and orders
CREATE TABLE number_series (series TEXT PRIMARY KEY, last BIGINT NOT NULL);
-- Versions of one number: whoever decides about any of them holds this row.
CREATE TABLE quote_chain (id INTEGER PRIMARY KEY, number TEXT UNIQUE);
-- A deleted draft's id is never given again: links and events may still name it.
CREATE TABLE quote (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chain_id BIGINT NOT NULL REFERENCES quote_chain (id), revision BIGINT NOT NULL,
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    branch_id BIGINT NOT NULL REFERENCES org_unit (id),
    owner_id BIGINT NOT NULL REFERENCES person (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'signed', 'cancelled', 'superseded')),
    -- Of a draft the chosen day, or null for the company's default; of what is issued the last valid day.
    valid_until TEXT, notes TEXT NOT NULL,
    net BIGINT NOT NULL, net_ex_tax BIGINT NOT NULL, tax BIGINT NOT NULL,
    line_count BIGINT NOT NULL, first_product TEXT,
    -- Day of issue, of a draft day of its last change.
    listed_day TEXT NOT NULL, search TEXT NOT NULL,
    hash TEXT, verify_code TEXT UNIQUE,
    issued_at BIGINT, issued_by BIGINT REFERENCES person (id),
    cancelled_at BIGINT, cancelled_by BIGINT REFERENCES person (id), cancel_reason TEXT,
    released_until TEXT,
    copied_from BIGINT, priced_at BIGINT NOT NULL, version BIGINT NOT NULL,
    created_by BIGINT NOT NULL REFERENCES person (id), created_at BIGINT NOT NULL,
    updated_by BIGINT NOT NULL REFERENCES person (id), updated_at BIGINT NOT NULL,
    UNIQUE (chain_id, revision)
);
CREATE INDEX quote_listed ON quote (listed_day, id);
CREATE INDEX quote_customer ON quote (customer_id, listed_day, id);
CREATE INDEX quote_branch ON quote (branch_id, listed_day, id);
CREATE INDEX quote_owner ON quote (owner_id, listed_day, id);
CREATE INDEX quote_state ON quote (state, valid_until);
-- The document as issued, and what its goods cost us: the second is seen by right only and not in the hash.
CREATE TABLE quote_frozen (quote_id BIGINT PRIMARY KEY REFERENCES quote (id), document TEXT NOT NULL, costs TEXT NOT NULL);
CREATE TABLE quote_line (
    quote_id BIGINT NOT NULL REFERENCES quote (id), ord BIGINT NOT NULL, line_key TEXT NOT NULL,
    product_id BIGINT NOT NULL REFERENCES product (id), qty BIGINT NOT NULL, unit TEXT NOT NULL, note TEXT NOT NULL,
    -- What the line cost when it was last shown; null when it had no price.
    unit_price BIGINT, net BIGINT,
    PRIMARY KEY (quote_id, ord)
);
CREATE TABLE quote_revision (
    quote_id BIGINT NOT NULL REFERENCES quote (id), item_id BIGINT NOT NULL, rev_n BIGINT NOT NULL,
    PRIMARY KEY (quote_id, item_id, rev_n)
);
CREATE INDEX quote_revision_item ON quote_revision (item_id, rev_n);
CREATE TABLE quote_pdf (
    quote_id BIGINT PRIMARY KEY REFERENCES quote (id), file TEXT NOT NULL REFERENCES file (hash),
    sealed BIGINT NOT NULL, made_at BIGINT NOT NULL
);
CREATE TABLE sales_order (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL UNIQUE, quote_id BIGINT NOT NULL UNIQUE REFERENCES quote (id),
    customer_id BIGINT NOT NULL REFERENCES customer (id),
    branch_id BIGINT NOT NULL REFERENCES org_unit (id),
    owner_id BIGINT NOT NULL REFERENCES person (id),
    signed_day TEXT NOT NULL, signer TEXT NOT NULL, consent_file TEXT NOT NULL REFERENCES file (hash),
    recorded_by BIGINT NOT NULL REFERENCES person (id), net BIGINT NOT NULL, line_count BIGINT NOT NULL,
    first_product TEXT, search TEXT NOT NULL, version BIGINT NOT NULL, created_at BIGINT NOT NULL
);
CREATE INDEX sales_order_signed ON sales_order (signed_day, id);
CREATE INDEX sales_order_customer ON sales_order (customer_id, signed_day, id);
CREATE INDEX sales_order_branch ON sales_order (branch_id, signed_day, id);
CREATE INDEX sales_order_owner ON sales_order (owner_id, signed_day, id);

-- Events, effects, idempotency, active time
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at BIGINT NOT NULL, actor BIGINT REFERENCES person (id), kind TEXT NOT NULL,
    entity TEXT NOT NULL, entity_id BIGINT NOT NULL, facts TEXT NOT NULL
);
CREATE INDEX event_at ON event (at);
CREATE INDEX event_entity ON event (entity, entity_id, id);
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    effect_key TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, payload TEXT NOT NULL,
    created_at BIGINT NOT NULL, due_at BIGINT NOT NULL, attempts BIGINT NOT NULL,
    lease_until BIGINT NOT NULL, done_at BIGINT, dead_at BIGINT, failure TEXT
);
CREATE INDEX outbox_due ON outbox (done_at, dead_at, due_at);
CREATE TABLE idempotency (
    actor BIGINT NOT NULL, path TEXT NOT NULL, idem_key TEXT NOT NULL,
    body_hash TEXT NOT NULL, state TEXT NOT NULL, status BIGINT, answer TEXT,
    created_at BIGINT NOT NULL, lease_until BIGINT NOT NULL,
    PRIMARY KEY (actor, path, idem_key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);
CREATE TABLE activity (
    id INTEGER PRIMARY KEY,
    event_key TEXT NOT NULL UNIQUE, quote_id BIGINT NOT NULL REFERENCES quote (id),
    person_id BIGINT NOT NULL REFERENCES person (id), kind TEXT NOT NULL,
    at BIGINT NOT NULL, active_ms BIGINT NOT NULL, received_at BIGINT NOT NULL
);
CREATE INDEX activity_quote ON activity (quote_id, at);
