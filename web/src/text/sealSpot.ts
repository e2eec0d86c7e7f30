/** Words of the foot of a document, drawn to scale around a seal. */
export const sealSpotText = {
  customer: "客户确认（签字、盖章）",
  name: "签字",
  day: "日期",
  seller: "出具方（盖章）",
  proof: "扫码验真",
  mark: "预览",
  explains:
    "A4 纸上盖章的地方，大小和位置与实际一样：章宽 40 毫米。针式打印的二等分、三等分纸上缩到 26 毫米。正式出具才真的盖章。",
} as const;
