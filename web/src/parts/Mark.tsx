/** The mark of 呼吸: one breath in, one out. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 64 64" style={{ flex: "none" }}>
      <rect width="64" height="64" rx="17" fill="var(--brand)" />
      <path
        d="M13 33c6.5-15 12.5-15 19 0s12.5 15 19 0"
        fill="none"
        stroke="#fff"
        strokeWidth="5.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
