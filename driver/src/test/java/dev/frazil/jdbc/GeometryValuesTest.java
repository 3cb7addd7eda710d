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
import java.sql.Types;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Geometries as parameters, as getters give them, and in metadata. */
class GeometryValuesTest {
  /** POINT (1 2), by hand: little-endian, kind 1, two doubles. */
  private static final byte[] POINT =
      HexFormat.of().parseHex("0101000000000000000000f03f0000000000000040");

  @TempDir Path folder;

  @Test
  void valuesGoInAndOut() throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:iceberg:" + folder);
        Statement sql = db.createStatement()) {
      sql.execute(
          "CREATE TABLE p (id int, g geometry('srid:3857'), w array(geography)) WITH"
              + " (\"format-version\" = '3')");
      try (PreparedStatement insert = db.prepareStatement("INSERT INTO p VALUES (?, ?, NULL)")) {
        assertThat(insert.getParameterMetaData().getParameterTypeName(2))
            .isEqualTo("geometry('srid:3857')");
        insert.setInt(1, 1);
        insert.setBytes(2, POINT);
        insert.executeUpdate();
        insert.setInt(1, 2);
        insert.setString(2, "LINESTRING (0 0, 1 1)");
        insert.executeUpdate();
        insert.setInt(1, 3);
        insert.setNull(2, Types.OTHER);
        insert.executeUpdate();
        for (Object wrong : new Object[] {"LINE", new byte[] {1}, 5}) {
          assertThat(
                  catchThrowableOfType(SQLException.class, () -> insert.setObject(2, wrong))
                      .getSQLState())
              .as("%s", wrong)
              .isEqualTo("22018");
        }
      }
      sql.executeUpdate("INSERT INTO p VALUES (4, NULL, ARRAY[ST_GeogFromText('POINT (3 4)')])");
      try (ResultSet rows = sql.executeQuery("SELECT g, w FROM p ORDER BY id")) {
        assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.OTHER);
        assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("geometry('srid:3857')");
        assertThat(rows.getMetaData().getColumnClassName(1)).isEqualTo("java.lang.String");
        rows.next();
        assertThat(rows.getBytes(1)).isEqualTo(POINT);
        assertThat(rows.getString(1)).isEqualTo("POINT (1 2)");
        assertThat(rows.getObject(1)).isEqualTo("POINT (1 2)");
        assertThat(rows.getObject(1, byte[].class)).isEqualTo(POINT);
        assertThat(catchThrowableOfType(SQLException.class, () -> rows.getInt(1)).getSQLState())
            .isEqualTo("22018");
        rows.next();
        assertThat(rows.getString("g")).isEqualTo("LINESTRING (0 0, 1 1)");
        rows.next();
        assertThat(rows.getObject(1)).isNull();
        assertThat(rows.getBytes(1)).isNull();
        rows.next();
        assertThat((Object[]) rows.getArray(2).getArray()).containsExactly("POINT (3 4)");
        assertThat(rows.getArray(2).getBaseTypeName()).isEqualTo("geography");
        assertThat(rows.getString(2)).isEqualTo("[POINT (3 4)]");
      }
      try (ResultSet columns = db.getMetaData().getColumns(null, null, "p", "g")) {
        columns.next();
        assertThat(columns.getString("TYPE_NAME")).isEqualTo("geometry('srid:3857')");
        assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.OTHER);
      }
    }
  }
}
