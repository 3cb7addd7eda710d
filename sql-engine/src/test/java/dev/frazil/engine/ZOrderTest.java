package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.error.EngineException;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import dev.frazil.testing.PlannedRows;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code CALL system.rewrite_data_files} with {@code zorder(...)}: how many files Iceberg's plan
 * leaves of a table for a condition on any of the columns, and that no row changes.
 */
@Tag("slow")
class ZOrderTest {
  private final FastFolder memory = FastFolder.create();
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(memory.path());
  }

  @AfterEach
  void close() {
    frazil.close();
    memory.close();
  }

  private interface Look<T> {
    T at(Table table);
  }

  private <T> T look(Look<T> look) {
    try (DatabaseCatalog catalog = CatalogFactory.open(frazil.engine().config())) {
      return look.at(
          Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null)
              .load(TableIdentifier.of("main", "t"))
              .orElseThrow());
    }
  }

  /** The files that may hold rows for a condition. */
  private int files(Expression condition) {
    return look(
        table -> {
          try (CloseableIterable<FileScanTask> tasks =
              table.newScan().filter(condition).planFiles()) {
            int count = 0;
            for (FileScanTask task : tasks) {
              count += task.length() > 0 ? 1 : 0;
            }
            return count;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private List<String> rowsByOthers() {
    return look(table -> PlannedRows.of(table, "n, a, b"));
  }

  private String rewrite(String order) {
    return rewrite(order, "");
  }

  private String rewrite(String order, String options) {
    return frazil
        .query(
            "CALL system.rewrite_data_files('t', sort_order => '"
                + order
                + "', options => MAP['rewrite-all', 'true', 'target-file-size-bytes', '20000'"
                + options
                + "])")
        .lines()
        .get(0);
  }

  /** 60,000 rows in an order that tells nothing of any column. */
  private void fill(String columns, String values) {
    frazil.script(
        "CREATE TABLE t (n integer, " + columns + ")",
        "INSERT INTO t SELECT n, "
            + values
            + " FROM (SELECT CAST(s.n * 7919 % 60000 AS integer) AS n"
            + " FROM generate_series(0, 59999) AS s (n)) AS r");
  }

  @Test
  void conditionsOnAnyOfTheColumnsLeaveFilesOut() {
    fill("a integer, b integer", "n % 245, n / 245");
    List<String> before = rowsByOthers();
    rewrite("a");
    int all = files(Expressions.alwaysTrue());
    assertThat(all).isGreaterThan(12);
    assertThat(files(Expressions.equal("a", 100))).isLessThan(4);
    assertThat(files(Expressions.equal("b", 100))).as("sorted by a only").isEqualTo(all);
    assertThat(rewrite("ZORDER(a, b)")).startsWith(all + " | ");
    all = files(Expressions.alwaysTrue());
    assertThat(files(Expressions.equal("a", 100))).isLessThanOrEqualTo(all / 2);
    assertThat(files(Expressions.equal("b", 100))).isLessThanOrEqualTo(all / 2);
    assertThat(files(Expressions.and(Expressions.equal("a", 100), Expressions.equal("b", 100))))
        .isLessThanOrEqualTo(all / 4);
    assertThat(rowsByOthers()).isEqualTo(before);
    assertThat(frazil.query("SELECT DISTINCT sort_order_id FROM \"t$files\"").lines())
        .as("no order that Iceberg knows")
        .containsExactly("0");
  }

  /** Of ranges that have nothing to do with each other, and texts that begin alike. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          bigint           | n % 245                                                          | 100
          smallint         | n % 245                                                          | 100
          double           | (n % 245) / 1000.0e0 - 0.1e0                                     | 0.0
          real             | CAST(-(n % 245) AS real)                                         | -100.0
          decimal(9, 2)    | (n % 245) / 10.00                                                | 10.00
          decimal(38, 5)   | CAST(n % 245 AS decimal(38, 5)) * 100000000000000000000           | 10000000000000000000000.00000
          date             | DATE '2020-01-01' + (n % 245) * INTERVAL '1' DAY                 | 2020-04-10
          time             | TIME '01:00:00' + (n % 245) * INTERVAL '1' SECOND                | 01:01:40
          timestamp        | TIMESTAMP '2020-01-01 00:00:00' + (n % 245) * INTERVAL '1' SECOND | 2020-01-01T00:01:40
          varchar          | concat('product-', lpad(CAST(n % 245 AS varchar), 4, '0')) | product-0100
          uuid             | CAST(concat('00112233-4455-6677-8899-', lpad(CAST(n % 245 AS varchar), 12, '0')) AS uuid) | 00112233-4455-6677-8899-000000000100
          """)
  void columnsOfEveryTypeTakePart(String type, String values, String one) {
    fill("a " + type + ", b bigint", values + ", CAST(n / 245 AS bigint) * 1000000000000");
    List<String> before = frazil.query("SELECT n, a, b FROM t").sorted();
    rewrite("zorder(a, b)");
    int all = files(Expressions.alwaysTrue());
    assertThat(all).isGreaterThan(12);
    Object literal =
        switch (type) {
          case "bigint" -> Long.parseLong(one);
          case "smallint" -> Integer.parseInt(one);
          case "double" -> Double.parseDouble(one);
          case "real" -> Float.parseFloat(one);
          case "decimal(9, 2)", "decimal(38, 5)" -> new BigDecimal(one);
          default -> one;
        };
    assertThat(files(Expressions.equal("a", literal))).isBetween(1, all * 6 / 10);
    assertThat(files(Expressions.equal("b", 100_000_000_000_000L))).isBetween(1, all * 6 / 10);
    assertThat(frazil.query("SELECT n, a, b FROM t").sorted()).isEqualTo(before);
  }

  @Test
  void nullsAndNotANumberAndPartitions() {
    frazil.script(
        "CREATE TABLE t (n integer, p varchar, a double, b varchar, c varbinary) PARTITIONED BY (p)",
        "INSERT INTO t SELECT n, 'p' || (n % 2), CASE WHEN n % 5 = 0 THEN CAST('NaN' AS double)"
            + " WHEN n % 7 > 0 THEN n / 3.0e0 END, CASE WHEN n % 3 > 0 THEN 'b' || n END,"
            + " CASE WHEN n % 11 > 0 THEN CAST('c' || n AS varbinary) END"
            + " FROM generate_series(1, 20000) AS s (n)",
        "INSERT INTO t VALUES (0, 'p0', NULL, NULL, NULL), (-1, 'p1', -0.0e0, '', X'')",
        "DELETE FROM t WHERE n % 100 = 3");
    List<String> before = frazil.query("SELECT * FROM t").sorted();
    rewrite("zorder(a, p, b, \"c\")", ", 'var-length-contribution', '12', 'max-output-size', '20'");
    assertThat(frazil.query("SELECT * FROM t").sorted()).isEqualTo(before).hasSize(19_802);
    assertThat(frazil.query("SELECT count(DISTINCT partition) FROM \"t$files\"").lines())
        .containsExactly("2");
    rewrite("zorder(b)", ", 'var-length-contribution', '3'");
    assertThat(frazil.query("SELECT * FROM t").sorted()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          sort_order => 'zorder(x)'                                                     | 42703 | no column
          sort_order => 'zorder(r)'                                                     | 0A000 | zorder of the column
          sort_order => 'zorder(a, a)'                                                  | 22023 | twice
          sort_order => 'zorder(p)'                                                     | 22023 | whole partition
          sort_order => 'zorder(a), b'                                                  | 0A000 | more beside it
          sort_order => 'zorder()'                                                      | 42601 | column
          strategy => 'binpack', sort_order => 'zorder(a)'                              | 22023 | takes no sort_order
          sort_order => 'a', options => MAP['max-output-size', '8']                     | 22023 | zorder(...)
          sort_order => 'zorder(a)', options => MAP['var-length-contribution', '9999']  | 22023 | is above
          sort_order => 'zorder(a)', options => MAP['max-output-size', '0']             | 22023 | is not positive
          """)
  void mistakesAreNamed(String arguments, String state, String message) {
    frazil.script(
        "CREATE TABLE t (a integer, b integer, r row(f integer), p varchar) PARTITIONED BY (p)",
        "INSERT INTO t VALUES (1, 2, ROW(1), 'p')");
    EngineException failure =
        catchThrowableOfType(
            EngineException.class,
            () -> frazil.query("CALL system.rewrite_data_files('t', " + arguments + ")"));
    assertThat(failure).as(arguments).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(message);
  }

  /** A column may have the name. */
  @Test
  void aColumnOfTheNameIsSortedBy() {
    frazil.script("CREATE TABLE t (zorder integer)", "INSERT INTO t VALUES (2), (1)");
    rewrite("zorder DESC");
    assertThat(frazil.query("SELECT zorder FROM t").lines()).containsExactly("2", "1");
    rewrite("zorder");
    assertThat(frazil.query("SELECT zorder FROM t").lines()).containsExactly("1", "2");
  }
}
