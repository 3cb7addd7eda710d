package dev.frazil.testing;

import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of TPC-DS, generated in this process; the large dimensions and the inventory only in
 * part.
 */
public final class TpcdsRows {
  private static final double SCALE_FACTOR = 0.01;
  private static final int MOST_ROWS = 30_000;

  private TpcdsRows() {}

  /** All tables but the one that describes the generator. */
  public static List<Table> tables() {
    return Table.getBaseTables().stream().filter(table -> table != Table.DBGEN_VERSION).toList();
  }

  /** The columns of a table in SQL that Frazil and DuckDB both accept. */
  public static String definition(Table table) {
    return Arrays.stream(table.getColumns())
        .map(column -> column.getName() + " " + sqlType(column))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** The rows as text. Returns come out of the generator of the sales that they belong to. */
  public static List<List<@Nullable String>> of(Table table) {
    Session generator = Session.getDefaultSession().withScale(SCALE_FACTOR);
    Table source = table.isChild() ? table.getParent() : table;
    int part = table.isChild() ? 1 : 0;
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (List<List<String>> group : Results.constructResults(source, generator)) {
      if (group.size() > part) {
        rows.add(group.get(part));
      }
      if (rows.size() >= MOST_ROWS && table != Table.DATE_DIM && table != Table.TIME_DIM) {
        break;
      }
    }
    return rows;
  }

  /** A value as {@code PreparedStatement.setObject} takes it. */
  public static Object value(Column column, String text) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> Long.valueOf(text);
      case INTEGER -> Integer.valueOf(text);
      case DATE -> LocalDate.parse(text);
      case DECIMAL ->
          new BigDecimal(text)
              .setScale(column.getType().getScale().orElseThrow(), RoundingMode.HALF_UP);
      case VARCHAR, CHAR, TIME -> text;
    };
  }

  private static String sqlType(Column column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> "bigint";
      case INTEGER -> "integer";
      case DATE -> "date";
      case DECIMAL ->
          "decimal("
              + column.getType().getPrecision().orElseThrow()
              + ", "
              + column.getType().getScale().orElseThrow()
              + ")";
      case VARCHAR, CHAR, TIME -> "varchar";
    };
  }
}
