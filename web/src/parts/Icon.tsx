const SHAPES = {
  today: "M4 6.5h16M4 12h10M4 17.5h7M17 15.5l2 2 3-3.5",
  quote: "M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5M9 13h7M9 16.5h4.5",
  order: "M4 7.5l8-4 8 4v9l-8 4-8-4zM4 7.5l8 4 8-4M12 11.5v9",
  customers:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.6-3.4 3.2-5.2 6.5-5.2s5.9 1.8 6.5 5.2M16 5.2a3.2 3.2 0 0 1 0 5.9M18 14.8c2 .8 3.2 2.4 3.5 4.7",
  catalog: "M12.5 3.5H20v7.5l-9 9.5-7.5-7.5zM16.3 7.2h.01",
  workbench: "M5 4v6M5 14v6M12 4v10M12 18v2M19 4v3M19 11v9M2.5 12h5M9.5 16h5M16.5 9h5",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 7.5V12l3 2",
  person: "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20.5 20.5",
  close: "M6 6l12 12M18 6L6 18",
  check: "M5 12.5l4.5 4.5L19 7.5",
  right: "M9.5 5.5L16 12l-6.5 6.5",
  left: "M14.5 5.5L8 12l6.5 6.5",
  down: "M5.5 9.5L12 16l6.5-6.5",
  warning: "M12 4l9 16H3zM12 10v4.5M12 17.3h.01",
  info: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM12 11v5.5M12 7.8h.01",
  question:
    "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM9.6 9.6c.2-1.5 1.2-2.3 2.5-2.3s2.4.9 2.4 2.2c0 2-2.4 2-2.4 4M12.1 16.6h.01",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  download: "M12 4v11M7 10.5l5 5 5-5M4.5 19.5h15",
  share: "M12 15V4M8 7.5L12 3.5l4 4M6 11.5H4.5v9h15v-9H18",
  upload: "M12 16V5M7 9.5l5-5 5 5M4.5 19.5h15",
  camera: "M3.5 8H8l1.5-2.5h5L16 8h4.5v11.5h-17zM12 16.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  trash: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5",
  undo: "M8 5L4 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-4",
  history: "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.5",
  calendar: "M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7",
  seal: "M8.5 3.5h7v3.5c0 2-1.5 2.5-1.5 5h-4c0-2.5-1.5-3-1.5-5zM5 12h14v4.5H5zM5 20h14",
  diff: "M8 4v12M4.5 12.5L8 16l3.5-3.5M16 20V8M12.5 11.5L16 8l3.5 3.5",
  money: "M6.5 4l5.5 7 5.5-7M12 11v9M7 12h10M7 15.8h10",
  unplugged:
    "M3 3l18 18M5 10.5a11 11 0 0 1 4.5-2.6M2 7a15 15 0 0 1 4-2.5M19 10.5a11 11 0 0 0-4-2.4M22 7a15 15 0 0 0-11-3.9M8.5 14.3a5.5 5.5 0 0 1 4-1.3M12 18.8h.01",
  external: "M13.5 4.5h6v6M19.5 4.5L11 13M10 5.5H4.5v14h14V14",
  dots: "M5.5 12h.01M12 12h.01M18.5 12h.01",
  edit: "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5",
  leave: "M10 4.5H5v15h5M14 8l4 4-4 4M9 12h9",
  eye: "M2.5 12C5 7.5 8.3 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.8 6.5-9.5 6.5S5 16.5 2.5 12zM12 14.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6z",
  file: "M6 3.5h8.5L19 8v12.5H6zM14 3.5V8.5h5",
  up: "M12 19V5M6 11l6-6 6 6",
  fall: "M12 5v14M6 13l6 6 6-6",
  filter: "M4 6h16M7 12h10M10 18h4",
  link: "M9.5 14.5l5-5M8 11l-2.5 2.5a3.5 3.5 0 0 0 5 5L13 16M11 8l2.5-2.5a3.5 3.5 0 0 1 5 5L16 13",
  phone:
    "M5 4h4l1.5 4.5L8 10.5a12 12 0 0 0 5.5 5.5l2-2.5L20 15v4c0 1-.6 1.5-1.5 1.5C10.5 20 4 13.5 3.5 5.5 3.5 4.6 4 4 5 4z",
  pin: "M12 21c4.5-4.7 6.5-8 6.5-10.8a6.5 6.5 0 0 0-13 0C5.5 13 7.5 16.3 12 21zM12 12.5a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  table: "M4 5h16v14H4zM4 10h16M4 14.5h16M10 5v14",
  scan: "M4 8V4h4M20 8V4h-4M4 16v4h4M20 16v4h-4M8 8.5v7M11 8.5v7M13.5 8.5v7M16 8.5v7",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
} as const;

export type IconName = keyof typeof SHAPES;

/** One picture of the set, drawn in the colour of its text; silent for screen readers, since a word stands beside it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "dots" ? 2.6 : 1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: "none" }}
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
