import { useState } from "react";
import { fetchFile } from "../api/client";
import { asProblem } from "../api/problem";
import { quickText } from "../text/quick";
import { Button } from "./Button";
import { ColumnChooser } from "./ColumnChooser";
import { today } from "./format";
import styles from "./ListTools.module.css";
import { ListViews } from "./ListViews";
import type { Column } from "./RecordList";
import { toast } from "./toast";
import { asTexts } from "./useColumns";
import { useIsPhone } from "./useIsPhone";

interface ListToolsProps<Row> {
  list: "quotes" | "orders" | "customers";
  /** As they stand in the link. */
  filters: object;
  all: Column<Row>[];
  usual: string[];
  chosen: string[];
  onColumns: (columns: string[]) => void;
  onFilters: (filters: Record<string, string>) => void;
}

/** Views, columns and export of a list: what is exported is what is seen. */
export function ListTools<Row>({
  list,
  filters,
  all,
  usual,
  chosen,
  onColumns,
  onFilters,
}: ListToolsProps<Row>) {
  const phone = useIsPhone();
  const [busy, setBusy] = useState(false);
  const { sort, ...texts } = asTexts(filters);
  const exported = async () => {
    setBusy(true);
    const query = new URLSearchParams({ ...asTexts(filters), columns: chosen.join(",") });
    try {
      save(await fetchFile(`/api/${list}/export?${query}`, `${quickText.listNames[list]}-${today()}.xlsx`));
    } catch (error) {
      toast(asProblem(error).message, { tone: "fault" });
    }
    setBusy(false);
  };
  return (
    <div className={styles.tools} data-noprint>
      <ListViews
        list={list}
        filters={texts}
        columns={chosen}
        sort={sort}
        onOpen={(view) => {
          onColumns(view?.columns.length ? view.columns : usual);
          onFilters(view ? { ...view.filters, ...(view.sort === null ? {} : { sort: view.sort }) } : {});
        }}
      />
      {!phone && (
        <div className={styles.side}>
          <ColumnChooser all={all} usual={usual} chosen={chosen} onChange={onColumns} />
          <Button small icon="download" busy={busy} onClick={exported}>
            {busy ? quickText.exporting : quickText.exportList}
          </Button>
        </div>
      )}
    </div>
  );
}

function save(file: File) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  URL.revokeObjectURL(link.href);
}
