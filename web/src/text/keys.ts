/** Words of the keyboard map, and how keys are called. */
export const keysText = {
  title: "快捷键",
  lead: "这一页和全局能用的快捷键。在输入框里打字时，单个字符不算快捷键。",
  global: "在哪里都能用",
  lists: "命令栏和搜索下拉",
  command: "搜索或跳转：打开、收起命令栏",
  map: "这张表",
  down: "下一个",
  up: "上一个",
  pick: "打开或选定",
  close: "收起",
  named: {
    ArrowUp: "↑",
    ArrowDown: "↓",
    ArrowLeft: "←",
    ArrowRight: "→",
    Escape: "Esc",
    " ": "空格",
  },
} as const;
