package dev.frazil.jdbc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The type names that Spark 4.0 writes without a dialect: JdbcUtils.getCommonJDBCType. */
class SparkTypeNamesTest {
  @TempDir Path folder;

  @Test
  void makeATable() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:iceberg:" + folder);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE main.made (\"a\" INTEGER , \"b\" BIGINT , \"c\" DOUBLE PRECISION , \"d\""
              + " REAL , \"e\" INTEGER , \"f\" BYTE , \"g\" BIT(1) , \"h\" TEXT , \"i\" BLOB , \"j\""
              + " CHAR(3) , \"k\" VARCHAR(10) , \"l\" TIMESTAMP , \"m\" DATE , \"n\" DECIMAL(10,2)"
              + " NOT NULL) ");
      Answer columns =
          Answer.of(
              connection.getMetaData().getColumns(null, "main", "made", "%"),
              "COLUMN_NAME",
              "TYPE_NAME");
      assertThat(columns.where("COLUMN_NAME", "f")).containsEntry("TYPE_NAME", "integer");
      assertThat(columns.where("COLUMN_NAME", "g")).containsEntry("TYPE_NAME", "boolean");
      assertThat(columns.where("COLUMN_NAME", "i")).containsEntry("TYPE_NAME", "varbinary");
      assertThatThrownBy(() -> statement.execute("CREATE TABLE bits (a BIT(8))"))
          .isInstanceOf(SQLFeatureNotSupportedException.class)
          .hasMessageContaining("more than one bit");
    }
  }
}
