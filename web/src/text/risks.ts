const CAUSES = {
  jump: "涨跌超过 30%",
  apart: "和另一个单位的价对不上",
  cost: "低于成本",
  floor: "低于底价",
} as const;

/** Words of what stands out in a draft: prices that jump, and prices below cost or floor. */
export const riskText = {
  /** Each cause by its number; where not all of them are known, all causes with one. */
  title: (
    rows: number,
    count: number,
    causes: readonly (readonly [keyof typeof CAUSES, number])[] | null,
  ) => {
    const look = rows === count ? "请逐条核对" : "请逐项核对";
    const on = rows === count ? "" : `${rows} 项共 ${count} 处`;
    if (causes === null)
      return `${on || `${count} 处`}涨跌超过 30%、单位之间的价对不上、低于成本或底价，${look}`;
    const each = causes.map(([cause, n]) => `${n} 处${CAUSES[cause]}`).join("、");
    return `${on === "" ? "" : `${on}：`}${each}，${look}`;
  },
  of: (name: string, reason: string) => (name === "" ? reason : `${name}：${reason}`),
  more: (n: number) => `另外 ${n} 项见「检查」`,
  onRows: (others: boolean) => `${others ? "其余的" : "每一项都"}标在下面的行上，排在最前。`,
  unread: "要核对的地方没有读出来，先别确认或发布",
  seenByMe: (n: number) => `你刚核对过 ${n} 项，就是下面这些，没有多出来的。发布会让价格生效，所以再勾一次。`,
  authorHint: "确认和发布的人会看到这些，逐条勾选以后才能继续。填错了请先改。",
  tickEach: "一项勾一次：它的每一条都看过，没有填错的勾上。",
  tickAll: (n: number) => `这 ${n} 处我都核对过，没有填错`,
  left: (n: number) => `还有 ${n} 项没有勾选`,
  confirmTitle: "确认这一版",
  confirmLead: (what: string) => `共 ${what}。下面这些和别的不一样，请先核对。`,
} as const;
