package dev.frazil.jdbc.client;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result set, read by the names of its columns, as clients read the answers of metadata. */
record Answer(List<Map<String, @Nullable String>> rows) {

  /** Reads the columns and closes the result set; one that is missing fails. */
  static Answer of(ResultSet result, String... columns) throws SQLException {
    List<Map<String, @Nullable String>> rows = new ArrayList<>();
    try (result) {
      while (result.next()) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (String column : columns) {
          row.put(column, result.getString(column));
        }
        rows.add(row);
      }
      if (rows.isEmpty()) {
        for (String column : columns) {
          result.findColumn(column);
        }
      }
    }
    return new Answer(rows);
  }

  List<@Nullable String> column(String name) {
    List<@Nullable String> values = new ArrayList<>();
    for (Map<String, @Nullable String> row : rows) {
      values.add(row.get(name));
    }
    return values;
  }

  /** The only row whose column has the value. */
  Map<String, @Nullable String> where(String column, String value) {
    List<Map<String, @Nullable String>> found =
        rows.stream().filter(row -> value.equals(row.get(column))).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " rows with " + column + " = " + value);
    }
    return found.get(0);
  }
}
