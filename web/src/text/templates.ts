import { numberedBlock } from "../kinds/config/template/blocks";

/** Words of templates and seals. */
const BLOCK_NAMES: Record<string, string> = {
  letterhead: "抬头",
  parties: "客户与报价信息",
  lines: "商品明细",
  totals: "合计",
  notes: "说明",
  bank: "收款账户",
  text: "自写文字",
  signature: "签字盖章",
  verify: "验真",
};

const PART_NAMES: Record<string, string> = {
  address: "地址",
  phone: "电话",
  tax_no: "税号",
  contact: "联系人",
  valid_until: "有效期",
  salesperson: "报价人",
  price_basis: "计价方式",
  picture: "产品图片（A4 才印，每张单可改）",
  code: "编码",
  spec: "规格",
  unit: "单位",
  qty: "数量",
  unit_price: "单价",
  amount: "金额",
  net: "优惠后（有优惠时）",
  tax_rate: "税率（不一样时）",
  note: "备注（有备注时）",
  subtotal: "商品金额与优惠",
  tax: "税额",
  capital: "大写金额",
  customer: "客户签字处",
  seller: "盖章处",
  hash: "内容指纹",
};

const PAGES: Record<string, string> = {
  a4: "A4（210 × 297 毫米）",
  form_280: "针式连续纸 241 × 280 毫米（整页）",
  form_140: "针式连续纸 241 × 140 毫米（二等分）",
  form_93: "针式连续纸 241 × 93 毫米（三等分）",
};

const LANGUAGES: Record<string, string> = { zh: "只用中文", zh_en: "中文和英文" };

const block = (key: string) => {
  const { name, number } = numberedBlock(key) ?? { name: key, number: 1 };
  return `${BLOCK_NAMES[name] ?? key}${number > 1 ? number : ""}`;
};

export const templateText = {
  counted: (n: number) => `${n} 项`,
  noRows: "还没有发布过：这里用上一级的模板，都没有就用系统原来的。点「改一版」就在它的基础上改。",
  sealNoRows: "还没有自己的印章，盖总部的公章。点「改一版」选一张图片。",
  settings: "整体设置",
  reads: (content: Record<string, unknown>) =>
    [PAGES[String(content.page)], LANGUAGES[String(content.language)]].filter(Boolean).join("，"),
  place: (order: number) => `第 ${order} 块`,
  notPrinted: "不印",
  block,
  part: (key: string, part: string) =>
    key === "verify" && part === "code" ? "验真码" : (PART_NAMES[part] ?? part),
  page: "纸张",
  pages: PAGES,
  formHint: "两边的孔各留 13 毫米，针式打印机只印黑色",
  language: "语言",
  languages: LANGUAGES,
  paperTitle: "标题",
  paperTitleSecond: "英文标题",
  usualTitle: "报价单",
  accent: "标题和合计用公司的绿色",
  blocks: "从上到下印这些",
  printed: (name: string) => `印出${name}`,
  up: (name: string) => `${name}上移`,
  down: (name: string) => `${name}下移`,
  heading: "小标题",
  headingSecond: "英文小标题",
  usualHeading: "不写就用原来的",
  text: "文字",
  textSecond: "英文文字",
  parts: "印出的内容",
  nothingToSet: "这一块没有可以设置的。",
  add: (name: string) => `加一块${name}`,
  preview: "预览",
  previewOn: "用这张报价单预览",
  previewHint: "只给你看样子：不盖章，不留存。章的大小和位置在「公司资料」里看",
  previewChoice: (number: string, revision: number, customer: string) =>
    `${number}${revision > 1 ? ` V${revision}` : ""} ${customer}`,
  previewMade: "这里还没有你能看的报价单，先用一张编的样张预览。",
  previewPage: (page: number, of: number) => `预览第 ${page} 页，共 ${of} 页`,
  previewMore: (left: number) => `后面还有 ${left} 页，版式相同。`,
  regional: "给大区单独设一份",
  regionalHint: "设了以后，这个大区的分公司用它自己的；没有发布以前仍用总部的。已经有的会直接打开。",
  regionalKind: "设什么",
  regionalOrg: "哪个大区",
  regionalTemplate: "报价单模板",
  regionalSeal: "印章",
  regionalOpen: "打开",
  scope: "适用范围",
  sealCounted: (n: number) => (n === 0 ? "没有印章" : "1 枚印章"),
  sealPicture: "印章图片",
  sealMark: (file: string) => `图片 ${file.slice(0, 8)}`,
  sealHint: "发布后，这个大区的分公司新出具的报价单盖这枚章。已经出具的不变。",
  sealNow: "现在用的章",
  sealBefore: "原来的章",
  sealAfter: "换成这枚章",
  sealNone: "没有自己的章，盖总部的公章。",
  sealPick: "选一张印章图片",
  sealRemove: "不用自己的章了",
} as const;
