import { createRootRoute, createRoute, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { LoginPage } from "../features/access/LoginPage";
import { BareFailure } from "./BareFailure";
import { BareMissing } from "./BareMissing";
import * as search from "./search";

/** What everything stands under. */
export const root = createRootRoute({
  component: Outlet,
  errorComponent: BareFailure,
  notFoundComponent: BareMissing,
});

const login = createRoute({
  getParentRoute: () => root,
  path: "/login",
  validateSearch: search.loginSearch,
  component: LoginPage,
});

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  validateSearch: search.setUpSearch,
  component: lazyRouteComponent(() => import("../features/access/SetUpPage"), "SetUpPage"),
});

const verify = createRoute({
  getParentRoute: () => root,
  path: "/v/$code",
  component: lazyRouteComponent(() => import("../features/documents/VerifyPage"), "VerifyPage"),
});

const shared = createRoute({
  getParentRoute: () => root,
  path: "/s/$token",
  component: lazyRouteComponent(() => import("../features/quotes/SharedQuotePage"), "SharedQuotePage"),
});

const apiDocs = createRoute({
  getParentRoute: () => root,
  path: "/api/docs",
  component: lazyRouteComponent(() => import("../features/access/ApiDocsPage"), "ApiDocsPage"),
});

/** Pages that nobody needs to sign in for. */
export const openRoutes = [login, setUp, verify, shared, apiDocs] as const;
