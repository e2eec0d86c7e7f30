// A small company that is made through the interface, on either engine: people of every role, goods, prices, customers.
import { Person } from "./person.mjs";

export const PASSWORD = "shuilong-12-gao";
const SELLERS = 4;
const PRODUCTS = 12;
const CUSTOMERS = 4;

/** The roles beside sellers, manager, head office and owner: who they are, and whether they work in the region. */
const OTHERS = [
  ["warehouse_keeper", false],
  ["logistics_lead", false],
  ["finance", false],
  ["personnel", false],
  ["new_seller", true],
];

/** Fills the empty company that `server` serves. What comes back can be kept as JSON. */
export async function foundCompany(server) {
  const admin = await firstDay(server);
  const roles = (await admin.get("/api/roles")).items;
  const hq = (await admin.get("/api/orgs")).items.find((it) => it.parent_id === null);
  const region = await admin.post("/api/orgs", {
    parent_id: hq.id,
    kind: "region",
    name: "苏州",
    code: "SZ",
  });
  const people = { administrator: admin };
  const hire = async (account, role, org) => {
    if (!roles.some((it) => it.id === role)) fail(`there is no role ${role}`);
    const body = {
      account,
      name: account,
      phone: null,
      org_id: org.id,
      role_ids: [role],
      password: PASSWORD,
    };
    await admin.post("/api/people", body);
    people[account] = new Person(server.base);
    await people[account].signIn(account, PASSWORD);
  };
  const places = [
    ["operations", "hq_operations", hq],
    ["owner", "owner", hq],
    ["manager", "region_manager", region],
  ];
  for (const [role, regional] of OTHERS) places.push([role, role, regional ? region : hq]);
  const sellers = Array.from({ length: SELLERS }, (_, nth) => `seller${nth + 1}`);
  for (const seller of sellers) places.push([seller, "seller", region]);
  await Promise.all(places.map((place) => hire(...place)));
  const products = await goods(people.operations, people.owner);
  const customers = {};
  for (const account of sellers) {
    customers[account] = [];
    for (let nth = 1; nth <= CUSTOMERS; nth += 1) {
      const made = await people[account].post("/api/customers", { name: `${account}的客户${nth}` });
      customers[account].push(made.id);
    }
  }
  const cookies = Object.fromEntries(Object.entries(people).map(([account, it]) => [account, it.cookie]));
  return { cookies, customers, products: products.map(({ id, base_unit }) => ({ id, base_unit })) };
}

/** The people of a company as `foundCompany` kept it, at an address. */
export function peopleAt(base, kept) {
  const people = {};
  for (const [account, cookie] of Object.entries(kept.cookies)) {
    people[account] = new Person(base);
    Object.assign(people[account], { account, cookie, customers: kept.customers[account] ?? [] });
  }
  const sellers = Object.keys(kept.customers).map((account) => people[account]);
  return { ...people, sellers, products: kept.products };
}

async function firstDay(server) {
  const code =
    /setup\?code=([0-9a-f]+)/.exec(server.told())?.[1] ?? fail(`no set-up address in: ${server.told()}`);
  const admin = new Person(server.base);
  const body = { code, company: { name: "呼吸建材" }, account: "admin", name: "管理员", password: PASSWORD };
  const answer = await admin.send("POST", "/api/setup", { body });
  if (answer.status !== 204) fail(`set-up: ${answer.status} ${answer.text}`);
  await admin.signIn("admin", PASSWORD);
  return admin;
}

async function goods(operations, owner) {
  const products = [];
  for (let nth = 1; nth <= PRODUCTS; nth += 1) {
    const body = {
      code: `P${String(nth).padStart(3, "0")}`,
      name: `外墙乳胶漆${nth}号`,
      base_unit: "桶",
      tax_rate: "13",
    };
    products.push(await operations.post("/api/products", body));
  }
  const put = products.map((product, at) => ({ content: { product: product.id, price: `${100 + at}` } }));
  await publish(operations, owner, "price_list", put);
  return products;
}

/** Head office drafts these rows of the first item of a kind, another person confirms, and it is published. */
export async function publish(author, second, kind, put) {
  const [item] = (await author.get(`/api/config/items?kind=${kind}`)).items;
  const draft = await author.post(`/api/config/items/${item.id}/drafts`, { title: "改一版" });
  const version = draft.version;
  const rows = await author.change(
    "PUT",
    `/api/config/drafts/${draft.id}/rows`,
    { put, delete: [] },
    { version },
  );
  if (rows.refused?.length > 0) fail(`rows were refused: ${JSON.stringify(rows.refused)}`);
  await author.post(`/api/config/drafts/${draft.id}/submit`, { effective_at: null, note: "改一版" });
  // The second person has seen whatever stands out in it.
  const { mark } = (await second.get(`/api/config/drafts/${draft.id}/checks`)).risks;
  const seen = mark === null ? {} : { seen: mark };
  await second.post(`/api/config/drafts/${draft.id}/confirm`, seen);
  return second.post(`/api/config/drafts/${draft.id}/publish`, seen);
}

/** A rule that makes one task of every quotation, so many minutes after it was issued. */
export const taskOfEachIssue = (minutes) => ({
  key: "each_issue",
  content: {
    name: "每张报价一件事",
    on: true,
    hour_max: 10_000,
    trigger: { kind: "event", event: "quote_issued", minutes },
    actions: [{ kind: "task", to: ["owner"], text: "看看这张报价", minutes: 60 }],
  },
});

/** The lines of a draft. */
export const linesOf = (products, count, qty = "10") =>
  products
    .slice(0, count)
    .map((product, at) => ({ id: `line-${at + 1}`, product_id: product.id, qty, unit: product.base_unit }));

function fail(what) {
  throw new Error(what);
}
