import { useQuery } from "@tanstack/react-query";
import { optionsQuery } from "../api/session";
import { OptionFilter } from "./OptionFilter";

interface NamedFilterProps {
  label: string;
  /** Whose names are offered: those that one's rights reach. */
  of: "people" | "branches";
  value: number | undefined;
  onChange: (id: number | undefined) => void;
}

/** A filter by a colleague or a branch; left out where there is nothing to choose. */
export function NamedFilter({ label, of, value, onChange }: NamedFilterProps) {
  const named = useQuery(optionsQuery).data?.[of] ?? [];
  if (named.length < 2) return null;
  return (
    <OptionFilter
      label={label}
      options={named.map((one) => ({ value: String(one.id), label: one.name }))}
      value={value === undefined ? undefined : String(value)}
      onChange={(id) => onChange(id === undefined ? undefined : Number(id))}
    />
  );
}
