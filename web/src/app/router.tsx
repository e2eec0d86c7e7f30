import { createRoute, createRouter, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { Problem } from "../api/problem";
import { queryClient } from "../api/queryClient";
import { meQuery } from "../api/session";
import { BareFailure } from "./BareFailure";
import { openRoutes, root } from "./openRoutes";
import * as search from "./search";

const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof Problem && error.status === 401) {
        throw redirect({ to: "/login", search: { next: location.href } });
      }
      throw error;
    }
  },
  component: lazyRouteComponent(() => import("./Shell"), "Shell"),
});

const under = () => app;

const TodayPage = lazyRouteComponent(() => import("../features/insights/TodayPage"), "TodayPage");
const today = createRoute({ getParentRoute: under, path: "/", component: TodayPage });

const quotes = createRoute({
  getParentRoute: under,
  path: "/quotes",
  validateSearch: search.quoteFilters,
  component: lazyRouteComponent(() => import("../features/quotes/QuoteListPage"), "QuoteListPage"),
});

const newQuote = createRoute({
  getParentRoute: under,
  path: "/quotes/new",
  validateSearch: search.newQuoteSearch,
  component: lazyRouteComponent(() => import("../features/quotes/NewQuotePage"), "NewQuotePage"),
});

const quote = createRoute({
  getParentRoute: under,
  path: "/quotes/$quoteId",
  component: lazyRouteComponent(() => import("../features/quotes/QuotePage"), "QuotePage"),
});

const orders = createRoute({
  getParentRoute: under,
  path: "/orders",
  validateSearch: search.orderFilters,
  component: lazyRouteComponent(() => import("../features/orders/OrderListPage"), "OrderListPage"),
});

const order = createRoute({
  getParentRoute: under,
  path: "/orders/$orderId",
  component: lazyRouteComponent(() => import("../features/orders/OrderPage"), "OrderPage"),
});

const customers = createRoute({
  getParentRoute: under,
  path: "/customers",
  validateSearch: search.customerFilters,
  component: lazyRouteComponent(() => import("../features/customers/CustomerListPage"), "CustomerListPage"),
});

const customer = createRoute({
  getParentRoute: under,
  path: "/customers/$customerId",
  validateSearch: search.tabSearch,
  component: lazyRouteComponent(() => import("../features/customers/CustomerPage"), "CustomerPage"),
});

const products = createRoute({
  getParentRoute: under,
  path: "/products",
  validateSearch: search.productFilters,
  component: lazyRouteComponent(() => import("../features/catalog/ProductListPage"), "ProductListPage"),
});

const NewProductPage = lazyRouteComponent(
  () => import("../features/catalog/NewProductPage"),
  "NewProductPage",
);
const newProduct = createRoute({ getParentRoute: under, path: "/products/new", component: NewProductPage });

const product = createRoute({
  getParentRoute: under,
  path: "/products/$productId",
  component: lazyRouteComponent(() => import("../features/catalog/ProductPage"), "ProductPage"),
});

const WorkbenchPage = lazyRouteComponent(() => import("../features/config/WorkbenchPage"), "WorkbenchPage");
const workbench = createRoute({ getParentRoute: under, path: "/config", component: WorkbenchPage });

const item = createRoute({
  getParentRoute: under,
  path: "/config/items/$itemId",
  validateSearch: search.itemSearch,
  component: lazyRouteComponent(() => import("../features/config/ItemPage"), "ItemPage"),
});

const draft = createRoute({
  getParentRoute: under,
  path: "/config/drafts/$draftId",
  validateSearch: search.tabSearch,
  component: lazyRouteComponent(() => import("../features/config/DraftPage"), "DraftPage"),
});

const TasksPage = lazyRouteComponent(() => import("../features/tasks/TasksPage"), "TasksPage");
const tasks = createRoute({ getParentRoute: under, path: "/tasks", component: TasksPage });

const NoticesPage = lazyRouteComponent(() => import("../features/notices/NoticesPage"), "NoticesPage");
const notices = createRoute({ getParentRoute: under, path: "/notices", component: NoticesPage });

const handling = createRoute({
  getParentRoute: under,
  path: "/handling-time",
  validateSearch: search.handlingFilters,
  component: lazyRouteComponent(() => import("../features/insights/HandlingTimePage"), "HandlingTimePage"),
});

const conversion = createRoute({
  getParentRoute: under,
  path: "/conversion",
  validateSearch: search.conversionFilters,
  component: lazyRouteComponent(() => import("../features/insights/ConversionPage"), "ConversionPage"),
});

const MePage = lazyRouteComponent(() => import("../features/access/MePage"), "MePage");
const me = createRoute({ getParentRoute: under, path: "/me", component: MePage });

const CompanyPage = lazyRouteComponent(() => import("../features/access/CompanyPage"), "CompanyPage");
const company = createRoute({ getParentRoute: under, path: "/company", component: CompanyPage });

const people = createRoute({
  getParentRoute: under,
  path: "/people",
  validateSearch: search.peopleFilters,
  component: lazyRouteComponent(() => import("../features/access/PeoplePage"), "PeoplePage"),
});

const RightsPage = lazyRouteComponent(() => import("../features/access/RightsPage"), "RightsPage");
const rights = createRoute({
  getParentRoute: under,
  path: "/people/$personId/rights",
  component: RightsPage,
});

const audit = createRoute({
  getParentRoute: under,
  path: "/audit",
  validateSearch: search.auditFilters,
  component: lazyRouteComponent(() => import("../features/access/AuditPage"), "AuditPage"),
});

const KeysPage = lazyRouteComponent(() => import("../features/access/KeysPage"), "KeysPage");
const keys = createRoute({ getParentRoute: under, path: "/keys", component: KeysPage });

const WebhooksPage = lazyRouteComponent(() => import("../features/webhooks/WebhooksPage"), "WebhooksPage");
const webhooks = createRoute({ getParentRoute: under, path: "/webhooks", component: WebhooksPage });

const WebhookPage = lazyRouteComponent(() => import("../features/webhooks/WebhookPage"), "WebhookPage");
const webhookPath = "/webhooks/$webhookId";
const webhook = createRoute({ getParentRoute: under, path: webhookPath, component: WebhookPage });
const BackupsPage = lazyRouteComponent(() => import("../features/access/BackupsPage"), "BackupsPage");
const backups = createRoute({ getParentRoute: under, path: "/backups", component: BackupsPage });
const OrgPage = lazyRouteComponent(() => import("../features/access/OrgPage"), "OrgPage");
const orgs = createRoute({ getParentRoute: under, path: "/people/orgs", component: OrgPage });

const ImportPage = lazyRouteComponent(() => import("../features/config/ImportPage"), "ImportPage");
const importPath = "/config/imports/$importId";
const imported = createRoute({ getParentRoute: under, path: importPath, component: ImportPage });

const selling = [quotes, newQuote, quote, orders, order, customers, customer];
const ruling = [products, newProduct, product, workbench, item, draft, imported, handling, conversion];
const settling = [tasks, notices, me, company, people, orgs, rights, audit, keys, webhooks, webhook, backups];

export const router = createRouter({
  routeTree: root.addChildren([...openRoutes, app.addChildren([today, ...selling, ...ruling, ...settling])]),
  scrollRestoration: true,
  defaultPreload: false,
  defaultErrorComponent: BareFailure,
  defaultPendingMs: 150,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
