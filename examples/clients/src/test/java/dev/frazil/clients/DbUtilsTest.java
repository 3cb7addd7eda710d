package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.jdbc.FrazilDataSource;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.BeanListHandler;
import org.apache.commons.dbutils.handlers.MapHandler;
import org.apache.commons.dbutils.handlers.ScalarHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Apache DbUtils over Frazil: it asks the metadata of parameters before it sets a null. */
class DbUtilsTest {
  /** A row, by setters. */
  public static class Item {
    private long id;
    private String name;
    private BigDecimal price;

    public long getId() {
      return id;
    }

    public void setId(long id) {
      this.id = id;
    }

    public String getName() {
      return name;
    }

    public void setName(String name) {
      this.name = name;
    }

    public BigDecimal getPrice() {
      return price;
    }

    public void setPrice(BigDecimal price) {
      this.price = price;
    }
  }

  @TempDir Path folder;

  @Test
  void itReadsAndWrites() throws SQLException {
    FrazilDataSource database = new FrazilDataSource();
    database.setUrl("jdbc:iceberg:" + folder.resolve("shop"));
    QueryRunner runner = new QueryRunner(database);
    runner.execute(
        "CREATE TABLE items (id bigint PRIMARY KEY, name varchar, price decimal(8,2), day date)");
    assertThat(runner.update("INSERT INTO items VALUES (?, ?, ?, ?)", 1, "pen", "1.20", null))
        .isEqualTo(1);
    assertThat(
            runner.batch(
                "INSERT INTO items VALUES (?, ?, ?, ?)",
                new Object[][] {
                  {2, "ink", new BigDecimal("3.40"), LocalDate.of(2026, 1, 2)},
                  {3, null, null, null}
                }))
        .containsExactly(1, 1);
    Map<String, Object> returned =
        runner.insert("INSERT INTO items (id, name) VALUES (?, ?)", new MapHandler(), 4, "pad");
    assertThat(returned).containsEntry("ID", 4L).containsEntry("name", "pad");
    List<Item> items =
        runner.query("SELECT * FROM items ORDER BY id", new BeanListHandler<>(Item.class));
    assertThat(items).extracting(Item::getName).containsExactly("pen", "ink", null, "pad");
    assertThat(items.get(1).getPrice()).isEqualTo("3.40");
    assertThat(runner.query("SELECT count(*) FROM items", new ScalarHandler<Long>())).isEqualTo(4);
    assertThatThrownBy(() -> runner.update("INSERT INTO items (id) VALUES (?)", 1))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
  }
}
