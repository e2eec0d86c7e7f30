/** The hints of a person's first quotations: one line of what to say for each field that is needed. */
export const guideText = {
  title: "新手提示",
  progress: (issued: number, until: number) => `前 ${until} 张报价单有提示，已出具 ${issued} 张`,
  off: "不再提示",
  on: "显示新手提示",
  turnedOff: "不再提示了，要看可以在「更多」里打开",
  turnedOn: "提示打开了",
  needed: "要填",
  /** The system filled it; nobody has decided yet. */
  preset: "默认，可改",
  done: "好了",
  steps: {
    customer: "「这单开给哪个公司？抬头要和发票一致。」",
    product: "「要哪个牌子、多大规格？我马上把您的价算出来。」",
    qty: "「一共要多少？是按桶还是按箱？」",
    valid_until: "「这个价我给您留到这一天，过了要重新核。」",
  },
} as const;
