import type { components, operations } from "./schema";

type Schemas = components["schemas"];

/** Fields that are absent, not null, for whoever may not see them; money and paper only of orders. */
type ByRight<T> =
  | "cost"
  | "floor_price"
  | "below_floor"
  | "margin"
  | (T extends Schemas["OrderRow"] ? "net" | "totals" | "consent" : never);

/** A sum that may be hidden. */
export type Listed = Schemas["Listed"];

/**
 * An answer as it really comes: the interface marks what may be null as optional,
 * but the server always sends it; only what a right hides is left out.
 */
export type Sent<T> = T extends (infer Item)[]
  ? Sent<Item>[]
  : T extends Listed
    ? T
    : T extends object
      ? string extends keyof T
        ? T
        : { [Key in Exclude<keyof T, ByRight<T>>]-?: Sent<Exclude<T[Key], undefined>> } & {
            [Key in Extract<keyof T, ByRight<T>>]?: T[Key];
          }
      : T;

type Answer<Name extends keyof Schemas> = Sent<Schemas[Name]>;

export type Ref = Answer<"Ref">;
export type Figure = Answer<"CountedNet">;
export type Me = Answer<"Me">;
export type BackupList = Answer<"BackupList">;
export type Backup = Answer<"Backup">;
export type Company = Answer<"PublicCompany">;
export type CompanyProfile = Answer<"CompanyProfile">;
export type CompanyPatch = Schemas["CompanyPatch"];
export type Person = Answer<"Person">;
export type Org = Answer<"ListedOrg">;
export type Role = Answer<"Role">;
export type Options = Answer<"Options">;
export type Customer = Answer<"Customer">;
export type CustomerChange = Schemas["CustomerChange"];
export type CustomerRow = Answer<"CustomerRow">;
export type NewCustomer = Schemas["NewCustomer"];
export type TimelineItem = Answer<"TimelineItem">;
export type Unit = Answer<"Unit">;
export type Barcode = Answer<"Barcode">;
export type Product = Answer<"Product">;
export type ProductRow = Answer<"ProductRow">;
export type NewProduct = Schemas["NewProduct"];
export type PriceEntry = Answer<"PriceEntry">;
export type Category = Answer<"Category">;
export type LineInput = Schemas["LineInput"];
export type LineManual = Schemas["LineManual"];
export type LineOwn = Schemas["LineOwn"];
export type QuoteTerms = Schemas["QuoteTerms"];
export type QuoteWhole = Schemas["QuoteWhole"];
export type QuoteOptions = Answer<"QuoteOptions">;
export type Margin = Schemas["Margin"];
export type Subtotal = Answer<"QuoteSubtotal">;
export type LineProduct = Answer<"LineProduct">;
export type Totals = Answer<"Totals">;
export type TraceStep = Answer<"TraceStep">;
export type PricedLine = Answer<"PricedLine">;
export type Repriced = Answer<"Repriced">;
export type Quote = Answer<"Quote">;
export type QuoteState = "draft" | "issued" | "signed" | "cancelled" | "superseded" | "expired";
export type QuoteRow = Answer<"QuoteRow">;
export type QuoteDraft = Schemas["QuoteDraft"];
export type PriceRequest = Schemas["PriceRequest"];
export type Priced = Answer<"Priced">;
export type ShareLink = Answer<"ShareLink">;
export type MadeShare = Answer<"MadeShare">;
export type ShareLook = Answer<"ShareLook">;
export type SharedLine = Answer<"SharedLine">;
export type SharedQuote = Answer<"SharedQuote">;
export type PastedThing = Answer<"PastedThing">;
export type QuoteSetRow = Answer<"QuoteSetRow">;
export type FilledSetLine = Answer<"FilledQuoteLine">;
export type BoughtProduct = Answer<"BoughtProduct">;
export type ListView = Answer<"ListView">;
export type ConversionRow = Answer<"ConversionRow">;
export type OrderRow = Answer<"OrderRow">;
export type Order = Answer<"Order">;
export type StoredFile = Answer<"UploadedFile">;
export type Counts = Answer<"Counts">;
export type ItemRow = Answer<"ItemRow">;
export type Item = Answer<"Item">;
export type Content = Record<string, unknown>;
export type Row = Answer<"Row">;
export type Revision = Answer<"Revision">;
export type DiffItem = Answer<"DiffItem">;
export type Diff = Answer<"Diff">;
export type Draft = Answer<"Draft">;
export type DraftRow = Answer<"DraftRow">;
export type RowsChange = Schemas["RowsChange"];
export type Check = Answer<"Check">;
export type Checks = Answer<"Checks">;
export type Import = Omit<Answer<"Import">, "choices"> & { choices: Schemas["ImportChoices"] };
export type ImportPreview = Answer<"ImportPreview">;
export type ImportSupplier = Answer<"ImportSupplier">;
export type ImportSheet = Answer<"ImportSheet">;
export type ImportChoices = Schemas["ImportChoices"];
export type SheetChoice = Schemas["SheetChoice"];
export type RowDecision = Schemas["RowDecision"];
export type AskedRow = Answer<"AskedRow">;
export type ToldRow = Answer<"ToldRow">;
export type Release = Answer<"Release">;
export type Today = Answer<"TodayBody">;
export type About = Answer<"About">;
export type Task = Answer<"Task">;
export type Notice = Answer<"Notice">;
export type PausedRule = Answer<"PausedRule">;
export type NoticeSetting = Answer<"NoticeSetting">;
export type TodayItem = Answer<"TodayItem">;
export type HandlingTime = Answer<"HandlingTimeBody">;
export type Verification = Answer<"VerifiedQuote">;
export type AuditEntry = Answer<"AuditEntry">;
export type AuditChange = Answer<"AuditChange">;
export type EffectiveRights = Answer<"EffectiveRights">;
export type ApiKey = Answer<"ApiKey">;
export type ApiKeys = Answer<"ApiKeys">;
export type MadeApiKey = Answer<"MadeApiKey">;
export type Webhook = Answer<"Webhook">;
export type WebhookTopic = Answer<"WebhookTopic">;
export type WebhookDelivery = Answer<"WebhookDelivery">;
export type WebhookEdit = Schemas["WebhookEdit"];
export type UsedRevision = Answer<"UsedRevision">;

type ColumnsOf<Export extends "get_quotes_export" | "get_orders_export" | "get_customers_export"> =
  operations[Export]["parameters"]["query"]["columns"][number];
/** The columns that the server knows of a list, by their names. */
export type QuoteColumn = ColumnsOf<"get_quotes_export">;
export type OrderColumn = ColumnsOf<"get_orders_export">;
export type CustomerColumn = ColumnsOf<"get_customers_export">;
