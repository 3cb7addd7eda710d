package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.plan.TableLayout;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What metadata calls show of a table beside its columns, also of what other engines set. */
class TableLayoutTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private TableLayout layout() {
    return frazil.session().describe(TableIdentifier.of("main", "t")).orElseThrow().layout();
  }

  @Test
  void sortOrdersOfOtherEnginesAreShown() {
    frazil.update("CREATE TABLE t (id bigint, \"Day\" date, s varchar)");
    assertThat(layout().sorting()).isEmpty();
    frazil.change(
        "t",
        table ->
            table
                .replaceSortOrder()
                .desc(Expressions.month("Day"), NullOrder.NULLS_LAST)
                .asc(Expressions.bucket("id", 4), NullOrder.NULLS_FIRST)
                .asc("s", NullOrder.NULLS_LAST));
    assertThat(layout().sorting())
        .containsExactly(
            new TableLayout.Part("month(\"Day\") desc nulls last", "Day", true),
            new TableLayout.Part("bucket(4, id) nulls first", "id", false),
            new TableLayout.Part("s nulls last", "s", false));
  }

  @Test
  void partitionFieldsThatWereDroppedAreNotShown() {
    frazil.update(
        "CREATE TABLE t (id bigint, day date, s varchar) PARTITIONED BY (day, truncate(3, s)) WITH"
            + " (\"format-version\" = '1')");
    assertThat(layout().partitioning())
        .extracting(TableLayout.Part::text)
        .containsExactly("day", "truncate(3, s)");
    frazil.change("t", table -> table.updateSpec().removeField("day"));
    assertThat(layout().partitioning())
        .containsExactly(new TableLayout.Part("truncate(3, s)", "s", false));
  }

  @Test
  void keysHaveNamesOfTheirOwn() {
    frazil.update(
        "CREATE TABLE t (a bigint, b_c bigint, a_b bigint, c bigint, PRIMARY KEY (c, a), UNIQUE"
            + " (a, b_c), UNIQUE (a_b, c))");
    assertThat(layout().keys())
        .extracting(TableLayout.Key::name)
        .containsExactly("t_primary_key", "t_a_b_c_key", "t_a_b_c_key2");
    assertThat(layout().keys().get(0).columns()).containsExactly("c", "a");
    frazil.change("t", table -> table.updateSchema().setIdentifierFields("a"));
    assertThat(layout().keys().get(0).columns())
        .as("another engine chose another key")
        .containsExactly("a");
  }

  @Test
  void rowsAreCountedUnlessDeleteFilesHideThem() {
    frazil.update("CREATE TABLE t (id bigint) WITH (\"write.delete.mode\" = 'merge-on-read')");
    assertThat(layout().rowCount()).isZero();
    assertThat(layout().dataFileCount()).isZero();
    frazil.update("INSERT INTO t VALUES (1), (2), (3)");
    assertThat(layout().rowCount()).isEqualTo(3);
    assertThat(layout().dataFileCount()).isEqualTo(1);
    frazil.update("DELETE FROM t WHERE id = 2");
    assertThat(layout().rowCount()).isNull();
    assertThat(layout().dataFileCount()).isEqualTo(1);
  }
}
