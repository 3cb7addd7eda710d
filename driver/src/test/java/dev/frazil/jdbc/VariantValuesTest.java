package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Variants as parameters, as getters give them, and in metadata. */
class VariantValuesTest {
  @TempDir Path folder;

  @Test
  void valuesGoInAndOut() throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:iceberg:" + folder);
        Statement sql = db.createStatement()) {
      sql.execute(
          "CREATE TABLE t (id int, v variant, r row(w variant), l variant array) WITH"
              + " (\"format-version\" = '3')");
      try (PreparedStatement insert = db.prepareStatement("INSERT INTO t (id, v) VALUES (?, ?)")) {
        assertThat(insert.getParameterMetaData().getParameterTypeName(2)).isEqualTo("variant");
        Object[] values = {"{\"b\": [1, 2.50], \"a\": \"x\"}", 12, 1.5, true, "\"text\"", null};
        for (int id = 0; id < values.length; id++) {
          insert.setInt(1, id);
          if (values[id] == null) {
            insert.setNull(2, Types.OTHER);
          } else {
            insert.setObject(2, values[id]);
          }
          insert.executeUpdate();
        }
        assertThat(
                catchThrowableOfType(SQLException.class, () -> insert.setString(2, "{no json"))
                    .getSQLState())
            .isEqualTo("22032");
        assertThat(
                catchThrowableOfType(SQLException.class, () -> insert.setBytes(2, new byte[1]))
                    .getSQLState())
            .isEqualTo("22018");
      }
      sql.executeUpdate(
          "INSERT INTO t VALUES (9, NULL, ROW(parse_json('[1]')), ARRAY[parse_json('{}'), NULL])");
      try (ResultSet rows = sql.executeQuery("SELECT v, r, l FROM t ORDER BY id")) {
        assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.OTHER);
        assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("variant");
        assertThat(rows.getMetaData().getColumnClassName(1)).isEqualTo("java.lang.String");
        for (String json :
            new String[] {"{\"a\":\"x\",\"b\":[1,2.50]}", "12", "1.5", "true", "\"text\"", null}) {
          rows.next();
          assertThat(rows.getString(1)).isEqualTo(json);
          assertThat(rows.getObject(1)).isEqualTo(json);
          assertThat(rows.getObject(1, String.class)).isEqualTo(json);
        }
        assertThat(rows.wasNull()).isTrue();
        rows.next();
        assertThat(((Struct) rows.getObject(2)).getAttributes()).containsExactly("[1]");
        assertThat((Object[]) rows.getArray(3).getArray()).containsExactly("{}", null);
        assertThat(rows.getString(3)).isEqualTo("[{}, null]");
      }
      try (ResultSet columns = db.getMetaData().getColumns(null, null, "t", "v")) {
        columns.next();
        assertThat(columns.getString("TYPE_NAME")).isEqualTo("variant");
        assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.OTHER);
      }
    }
  }
}
