/** Words of what was typed on this device and is not on the server yet. */
export const keptText = {
  offer: (moment: string) => `有一份没有存上的改动，${moment} 在这台设备上写的`,
  more: (n: number) => `另外还有 ${n} 份，处理完这份再看`,
  restore: "恢复",
  compare: "恢复，并排看看",
  drop: "丢弃",
  dropped: "已丢弃",
  undo: "撤销",
  restored: "已恢复，可以撤销",
  restoredLater: "网络还没有恢复，稍后再点「恢复」。这份改动还在本机。",
  difference: (label: string, before: string, mine: string) => `${label}：${before} → ${mine}`,
  nowReads: (now: string) => `（别人已改成 ${now}）`,
  differencesMore: (n: number) => `还有 ${n} 处不同`,
  differencesLabel: "你改了这些",
  movedOn:
    "写完以后，这张草稿又被改过，有些地方两边都改了。恢复时会把这几处并排列出来，一处一处选；别人改的其他地方不动。",
  joined: (who: string | null) => `${who ?? "另一个窗口"}也在改这张草稿，改的不是同一处，两边的改动都留下了`,
  cannot: "现在这张草稿不归你改，先接手再恢复。",
  ended: (state: string) => `这张报价单已经是「${state}」，这份改动用不上了。要用的内容请记下来再丢弃。`,
  customer: "客户",
  otherCustomer: "换了客户",
  otherTab: "这张草稿在另一个窗口里也开着：那边存上的，这边自动跟上；两边同时改了，会并排列出来由你选。",
  bar: "没有存上的改动",
  barOne: (title: string, moment: string) => `「${title}」有一份没有存上的改动，${moment} 写的`,
  barLine: (title: string, n: number) =>
    n === 1 ? `「${title}」有改动没有存上` : `${n} 份改动没有存上，先看「${title}」`,
  open: "去看看",
  begun: (customer: string, moment: string) =>
    customer === ""
      ? `${moment} 新建的报价单，断了网，还不知道建好没有`
      : `${moment} 给「${customer}」新建的报价单，断了网，还不知道建好没有`,
  goOn: "接着建",
  begunWaiting: "网络断开了。恢复以后自动接着建，只会建一张。",
  begunAgain: "再试一次",
  leaveTitle: "还有没有存上的改动",
  leaveBody: (n: number) =>
    `这台设备上有 ${n} 份改动还没有存到服务器。退出登录会把它们清掉，别人就看不到了。`,
  leaveAnyway: "清掉并退出",
  leaveStay: "先不退出",
} as const;
