/** What a quotation is called and where it stands, for every page that names one: apart, since the verify page loads it. */
export const quoteNames = {
  versioned: (number: string, revision: number) => (revision > 1 ? `${number} · V${revision}` : number),
  states: {
    draft: "草稿",
    issued: "待签回",
    signed: "已签约",
    cancelled: "已取消",
    superseded: "已被新版取代",
    expired: "已过期",
  },
} as const;
