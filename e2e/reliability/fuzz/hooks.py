"""What schemathesis cannot know of Huxi: fresh keys, ids that are there, and whom one must not lock out."""

import json
import os
import random
import uuid

import schemathesis

CHANCE = random.Random(int(os.environ.get("HARNESS_SEED", "1")))
SELF = os.environ["HARNESS_SELF"]
#: Ids that are there, by the name that the document gives their kind of path.
KNOWN = json.loads(os.environ["HARNESS_IDS"])


def known_of(path):
    """The ids for a path, by its first word behind /api/."""
    return KNOWN.get(path.removeprefix("/api/").split("/")[0], [])


@schemathesis.hook
def before_call(context, case, kwargs):
    """Most requests meet a record that is there, with a key of their own; the rest stay as wild as they were made."""
    headers = case.headers if case.headers is not None else {}
    if "Idempotency-Key" in headers and CHANCE.random() < 0.9:
        headers["Idempotency-Key"] = str(uuid.uuid4())
    if "If-Match" in headers and CHANCE.random() < 0.8:
        headers["If-Match"] = f'"{CHANCE.randint(1, 3)}"'
    ids = known_of(case.operation.path)
    if ids and "id" in (case.path_parameters or {}) and CHANCE.random() < 0.75:
        case.path_parameters["id"] = CHANCE.choice(ids)
    if "/people/" in case.operation.path and str(case.path_parameters.get("id")) == SELF:
        case.path_parameters["id"] = 0
    if case.operation.path == "/api/stream":
        case.query = {**(case.query or {}), "seconds": 0}
    if isinstance(case.body, dict):
        fill(case.body)


def fill(body):
    """Names of records in the body lead to some that are there, most of the time."""
    for name, value in body.items():
        kind = {"customer_id": "customers", "product_id": "products", "org_id": "orgs"}.get(name)
        if kind and CHANCE.random() < 0.75:
            body[name] = CHANCE.choice(KNOWN[kind])
        elif isinstance(value, dict):
            fill(value)
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    fill(one)
