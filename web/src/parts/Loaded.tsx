import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { asProblem } from "../api/problem";
import { Failure } from "./Failure";
import { Skeleton } from "./Skeleton";
import { useDelayed } from "./useDelayed";

interface LoadedProps<T> {
  query: UseQueryResult<T>;
  skeleton?: ReactNode;
  children: (value: T) => ReactNode;
}

/** Shows what a query brought; before that a skeleton, and a failure only when there is nothing older to show. */
export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  const late = useDelayed(query.isPending);
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <Failure problem={asProblem(query.error)} onRetry={() => query.refetch()} />;
  return late ? (skeleton ?? <Skeleton />) : null;
}
