import { useQuery } from "@tanstack/react-query";
import { client, read } from "../api/client";
import { quotesText } from "../text/quotes";
import { CustomerSearch } from "./CustomerSearch";
import { FilterChip } from "./FilterChip";

/** A filter by one customer, found by search. */
export function CustomerFilter({
  value,
  onChange,
}: {
  value: number | undefined;
  onChange: (customer: number | undefined) => void;
}) {
  const chosen = useQuery({
    queryKey: ["customers", "one", value],
    enabled: value !== undefined,
    queryFn: ({ signal }) =>
      read(client.GET("/api/customers/{id}", { params: { path: { id: value ?? 0 } }, signal })),
  });
  return (
    <FilterChip
      label={quotesText.customer}
      chosen={value === undefined ? undefined : (chosen.data?.name ?? String(value))}
      onClear={() => onChange(undefined)}
    >
      {(close) => (
        <CustomerSearch
          mayCreate={false}
          onPick={(picked) => {
            onChange(picked.id);
            close();
          }}
        />
      )}
    </FilterChip>
  );
}
