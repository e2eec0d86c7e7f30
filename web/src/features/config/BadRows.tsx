import type { BadCell } from "../../api/types";
import { configText } from "../../text/config";
import styles from "./Import.module.css";

const words = configText.import;

/** Every cell that cannot be taken, named by row and column, with what is wrong about it. */
export function BadRows({ bad }: { bad: BadCell[] }) {
  return (
    <section>
      <h3 className={styles.title}>{words.badTitle}</h3>
      <div className={styles.scroll}>
        <table className={styles.bad}>
          <thead>
            <tr>
              <th scope="col">{words.row}</th>
              <th scope="col">{words.badColumn}</th>
              <th scope="col">{words.badValue}</th>
              <th scope="col">{words.badWhy}</th>
            </tr>
          </thead>
          <tbody>
            {bad.map((cell) => (
              <tr key={`${cell.row} ${cell.column} ${cell.code}`}>
                <td>{cell.row}</td>
                <td>
                  {cell.column} {cell.head}
                </td>
                <td>{cell.value}</td>
                <td>{cell.detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
