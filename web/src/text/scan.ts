/** Words of scanning barcodes. */
export const scanText = {
  scan: "扫码",
  title: "扫条码",
  aim: "把条码放进框里，扫到就加一件",
  starting: "正在打开摄像头…",
  video: "摄像头画面",
  torchOn: "开灯",
  torchOff: "关灯",
  again: "再试一次",
  faults: {
    denied:
      "没有允许使用摄像头。点浏览器地址栏旁的图标，把「摄像头」改成允许，再点「再试一次」；也可以拍一张条码的照片，或者手输条码。",
    none: "这台设备没有摄像头。可以选一张条码的照片，或者手输条码；用扫码枪的话，直接扫进「添加商品」的搜索框。",
    busy: "摄像头正被别的程序占用。关掉那个程序，再点「再试一次」；也可以拍一张条码的照片。",
    insecure:
      "这个网址不是 https 开头，浏览器不让网页用摄像头。可以拍一张条码的照片，或者手输条码；请管理员装好 https。",
    broken: "这个浏览器打不开摄像头或认不了条码。可以换成新版的 Chrome、Edge 或 Safari，或者手输条码。",
  },
  photo: "拍条码照片",
  photoNone: "照片里没有认出条码。靠近一点、拍清楚一点再试，或者手输条码。",
  type: "手输条码",
  typeHint: "条码下面的数字",
  find: "查找",
  looking: (code: string) => `正在找 ${code}`,
  added: (qty: string, unit: string) => `已加入，现在 ${qty} ${unit}`,
  noPrice: "没有价格，不能出具，请换一个商品",
  takeBack: "撤销",
  several: (code: string) => `${code} 对上了几个商品，是哪一个？`,
  unknown: (code: string) => `没有商品用条码 ${code}`,
  unknownHint: "核对包装上的数字；还是没有，就按名称搜，并告诉总部运营把这个条码登记到商品上。",
  byName: "按名称搜",
  done: (n: number) => (n === 0 ? "完成" : `完成，${n} 项商品`),
} as const;
