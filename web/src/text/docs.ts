/** Words of the page that describes the interface to programmers. */
export const docsText = {
  title: "接口说明",
  lead: "网页做得到的，程序都做得到。下面每一条都是网页自己在用的接口。",
  signIn: "用 API 密钥：在「我的 → API 密钥」里新建，请求头带上",
  bearer: "Authorization: Bearer huxi_…",
  once: "每个 POST 要带一个自己起的",
  onceWhy: "：网断了用同一个再发一次，只会做一遍，得到第一次的回答。",
  edits: "改东西（PUT、PATCH）要在请求头里带上读到的版本",
  editsWhy: "：别人先改过就回答 412。",
  refusals:
    "出错的回答是 application/problem+json：code 是固定的，detail 是给人看的中文，trace_id 给管理员查日志。",
  figures: "金额、单价、数量、百分比都是十进制文字；日期写成 2026-05-01；时刻是 1970 年以来的毫秒。",
  search: "搜索地址或说明",
  document: "下载 openapi.json",
  parameters: "参数",
  required: "必填",
  body: "请求内容",
  answer: (status: string) => `回答 ${status}`,
  open: "不用登录",
  none: "没有找到",
} as const;
