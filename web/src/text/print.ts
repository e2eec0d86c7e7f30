/** Words of what is printed. */
export const printText = {
  print: "打印",
  preparing: "正在取全部行",
  printList: "打印这张列表",
  onlyFirst: (n: number) => `行数太多，只打印前 ${n} 行。全部的请导出 Excel，或者加上筛选再打印。`,
  failed: "没有取到全部的行，没有打印。请稍后再试。",
  printed: (company: string, who: string, moment: string) => `${company} · ${who} 打印于 ${moment}`,
  pdf: "打印",
  blocked: "浏览器没有让打印窗口打开。请点「查看 PDF」，在打开的页面里打印。",
} as const;
