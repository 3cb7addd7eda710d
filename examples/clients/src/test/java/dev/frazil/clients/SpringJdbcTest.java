package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.jdbc.FrazilDataSource;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.BeanPropertySqlParameterSource;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcCall;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.core.support.SqlBinaryValue;
import org.springframework.jdbc.core.support.SqlCharacterValue;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** Spring's templates over Frazil: what the guide docs/guides/spring.md says. */
class SpringJdbcTest {
  /** A row of {@code orders}. */
  public record Order(
      long id, String customer, LocalDate day, BigDecimal amount, LocalDateTime changed) {}

  private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
  private static final LocalDateTime NOON = LocalDateTime.of(2026, 1, 31, 12, 0, 0, 123_456_000);

  @TempDir Path folder;
  private DataSource database = new FrazilDataSource();
  private JdbcTemplate jdbc = new JdbcTemplate();

  @BeforeEach
  void makeTables() {
    FrazilDataSource source = new FrazilDataSource();
    source.setUrl("jdbc:iceberg:" + folder.resolve("shop"));
    database = source;
    jdbc = new JdbcTemplate(database);
    jdbc.execute(
        """
        CREATE TABLE orders (
          id bigint PRIMARY KEY, customer varchar NOT NULL, day date, amount decimal(10,2),
          changed timestamp)""");
  }

  private void insert(long id, String customer, String amount) {
    jdbc.update(
        "INSERT INTO orders VALUES (?, ?, ?, ?, ?)",
        id,
        customer,
        DAY,
        new BigDecimal(amount),
        NOON);
  }

  @Test
  void jdbcTemplate() {
    insert(1, "ann", "9.90");
    insert(2, "bob", "12.50");
    assertThat(jdbc.queryForObject("SELECT count(*) FROM orders", Long.class)).isEqualTo(2);
    assertThat(jdbc.queryForObject("SELECT sum(amount) FROM orders", BigDecimal.class))
        .isEqualTo("22.40");
    assertThat(
            jdbc.query(
                "SELECT * FROM orders WHERE day = ? ORDER BY id",
                new DataClassRowMapper<>(Order.class),
                DAY))
        .containsExactly(
            new Order(1, "ann", DAY, new BigDecimal("9.90"), NOON),
            new Order(2, "bob", DAY, new BigDecimal("12.50"), NOON));
    Map<String, Object> row = jdbc.queryForMap("SELECT * FROM orders WHERE id = 2");
    assertThat(row).containsOnlyKeys("id", "customer", "day", "amount", "changed");
    assertThat(row.get("CHANGED")).isEqualTo(Timestamp.valueOf(NOON));
    assertThat(jdbc.queryForList("SELECT customer FROM orders ORDER BY id", String.class))
        .containsExactly("ann", "bob");
    assertThat(jdbc.queryForObject("SELECT changed FROM orders WHERE id = 1", LocalDateTime.class))
        .isEqualTo(NOON);
    assertThat(jdbc.queryForRowSet("SELECT id, amount FROM orders ORDER BY id").next()).isTrue();
    assertThatThrownBy(() -> jdbc.queryForObject("SELECT id FROM orders WHERE id = 3", Long.class))
        .isInstanceOf(EmptyResultDataAccessException.class);
    assertThat(jdbc.update("UPDATE orders SET amount = amount * 2 WHERE customer = ?", "ann"))
        .isEqualTo(1);
    assertThat(jdbc.update("DELETE FROM orders")).isEqualTo(2);
  }

  @Test
  void batches() {
    int[] counts =
        jdbc.batchUpdate(
            "INSERT INTO orders (id, customer, amount) VALUES (?, ?, ?)",
            new BatchPreparedStatementSetter() {
              @Override
              public void setValues(java.sql.PreparedStatement insert, int row)
                  throws java.sql.SQLException {
                insert.setLong(1, row);
                insert.setString(2, "customer " + row % 10);
                insert.setBigDecimal(3, BigDecimal.valueOf(row));
              }

              @Override
              public int getBatchSize() {
                return 1000;
              }
            });
    assertThat(counts).hasSize(1000).containsOnly(1);
    int[][] parts =
        jdbc.batchUpdate(
            "UPDATE orders SET amount = ? WHERE id = ?",
            List.of(1L, 2L, 3L),
            2,
            (update, id) -> {
              update.setBigDecimal(1, BigDecimal.ZERO);
              update.setLong(2, id);
            });
    assertThat(parts).isDeepEqualTo(new int[][] {{1, 1}, {1}});
    assertThat(
            jdbc.batchUpdate(
                "DELETE FROM orders WHERE id = 1", "DELETE FROM orders WHERE id BETWEEN 2 AND 9"))
        .containsExactly(1, 8);
    assertThat(jdbc.queryForObject("SELECT count(*) FROM orders", Integer.class)).isEqualTo(991);
  }

  @Test
  void namedParameters() {
    NamedParameterJdbcTemplate named = new NamedParameterJdbcTemplate(jdbc);
    named.batchUpdate(
        "INSERT INTO orders (id, customer, day) VALUES (:id, :customer, :day)",
        new SqlParameterSource[] {
          new MapSqlParameterSource(Map.of("id", 1, "customer", "ann", "day", DAY)),
          new MapSqlParameterSource(Map.of("id", 2, "customer", "bob", "day", DAY)),
          new MapSqlParameterSource("id", 3).addValue("customer", "cy").addValue("day", null)
        });
    assertThat(
            named.queryForList(
                "SELECT id FROM orders WHERE customer IN (:names) ORDER BY id",
                Map.of("names", List.of("ann", "cy", "nobody")),
                Long.class))
        .containsExactly(1L, 3L);
    assertThat(
            named.queryForList(
                "SELECT id FROM orders WHERE (id, customer) IN (:pairs)",
                Map.of("pairs", List.of(new Object[] {2L, "bob"}, new Object[] {3L, "bob"})),
                Long.class))
        .containsExactly(2L);
    assertThat(
            named.update(
                "UPDATE orders SET amount = :amount WHERE id = :id",
                new BeanPropertySqlParameterSource(new Payment(2, new BigDecimal("1.50")))))
        .isEqualTo(1);
  }

  /** Parameters of a statement by the names of its getters. */
  public static final class Payment {
    private final long id;
    private final BigDecimal amount;

    Payment(long id, BigDecimal amount) {
      this.id = id;
      this.amount = amount;
    }

    public long getId() {
      return id;
    }

    public BigDecimal getAmount() {
      return amount;
    }
  }

  @Test
  void jdbcClient() {
    JdbcClient client = JdbcClient.create(database);
    GeneratedKeyHolder keys = new GeneratedKeyHolder();
    client
        .sql("INSERT INTO orders (id, customer, day) VALUES (:id, :customer, :day)")
        .param("id", 7)
        .param("customer", "ann")
        .param("day", DAY)
        .update(keys, "id");
    assertThat(keys.getKeyAs(Long.class)).isEqualTo(7);
    assertThat(client.sql("SELECT * FROM orders WHERE id = ?").param(7).query(Order.class).single())
        .isEqualTo(new Order(7, "ann", DAY, null, null));
    assertThat(client.sql("SELECT customer FROM orders").query(String.class).optional())
        .contains("ann");
    assertThat(client.sql("SELECT id, customer FROM orders").query().singleRow())
        .containsEntry("id", 7L);
  }

  @Test
  void simpleJdbcInsertKnowsTheColumnsAndGivesDefaultsBack() {
    jdbc.execute(
        """
        CREATE TABLE events (
          id uuid DEFAULT uuidv7(), kind varchar, at timestamp DEFAULT TIMESTAMP '2026-01-01 00:00:00')""");
    SimpleJdbcInsert insert =
        new SimpleJdbcInsert(database)
            .withTableName("events")
            .usingColumns("kind")
            .usingGeneratedKeyColumns("id", "at");
    Map<String, Object> keys = insert.executeAndReturnKeyHolder(Map.of("kind", "opened")).getKeys();
    assertThat(keys).containsOnlyKeys("id", "at");
    assertThat(jdbc.queryForObject("SELECT id FROM events", UUID.class)).isEqualTo(keys.get("id"));

    SimpleJdbcInsert plain =
        new SimpleJdbcInsert(database).withSchemaName("main").withTableName("orders");
    assertThat(
            plain.execute(
                new MapSqlParameterSource(
                    Map.of("ID", 1, "customer", "ann", "day", DAY, "amount", "2.5"))))
        .isEqualTo(1);
    assertThat(
            plain.executeBatch(
                new MapSqlParameterSource(Map.of("id", 2, "customer", "bob")),
                new MapSqlParameterSource(Map.of("id", 3, "customer", "cy"))))
        .containsExactly(1, 1);
    assertThat(jdbc.queryForList("SELECT customer FROM orders ORDER BY id", String.class))
        .containsExactly("ann", "bob", "cy");
  }

  /**
   * Spring reads the metadata of procedures of the databases that it knows only; CALL gives rows.
   */
  @Test
  void proceduresAreCalledByText() {
    insert(1, "ann", "1.00");
    insert(2, "bob", "1.00");
    Map<String, Object> done =
        jdbc.queryForMap("CALL system.rewrite_data_files(table => ?)", "orders");
    assertThat(done).containsKey("rewritten_data_files_count");
    SimpleJdbcCall call =
        new SimpleJdbcCall(database)
            .withSchemaName("system")
            .withProcedureName("expire_snapshots")
            .withoutProcedureColumnMetaDataAccess()
            .declareParameters(
                new org.springframework.jdbc.core.SqlParameter("table", java.sql.Types.VARCHAR));
    assertThat(call.execute("orders")).containsKey("#result-set-1");
  }

  @Test
  void scripts() {
    String script =
        """
        -- a comment
        CREATE TABLE a (id integer, note varchar);
        INSERT INTO a VALUES (1, 'one; two');
        /* another
           comment */
        INSERT INTO a VALUES (2, 'it''s');
        """;
    new ResourceDatabasePopulator(new ByteArrayResource(script.getBytes(StandardCharsets.UTF_8)))
        .execute(database);
    assertThat(jdbc.queryForList("SELECT note FROM a ORDER BY id", String.class))
        .containsExactly("one; two", "it's");
  }

  @Test
  void largeValues() {
    jdbc.execute("CREATE TABLE files (name varchar, content varbinary, text varchar)");
    byte[] bytes = new byte[100_000];
    bytes[99_999] = 7;
    String text = "ä".repeat(100_000);
    jdbc.update(
        "INSERT INTO files VALUES (?, ?, ?)",
        "a",
        new SqlBinaryValue(bytes),
        new SqlCharacterValue(text));
    assertThat(jdbc.queryForObject("SELECT content FROM files", byte[].class)).isEqualTo(bytes);
    assertThat(jdbc.query("SELECT text FROM files", (rows, number) -> rows.getClob(1).length()))
        .containsExactly(100_000L);
    jdbc.query(
        "SELECT content FROM files",
        rows -> {
          assertThat(rows.getBlob(1).getBytes(100_000, 1)).containsExactly(7);
        });
  }

  @Test
  void rowsStream() {
    jdbc.setFetchSize(100);
    try (Stream<Long> numbers =
        jdbc.queryForStream(
            "SELECT x FROM generate_series(1, 10000000) g(x)", (rows, number) -> rows.getLong(1))) {
      assertThat(numbers.limit(5)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }
    jdbc.setMaxRows(3);
    assertThat(jdbc.queryForList("SELECT x FROM generate_series(1, 10) g(x)")).hasSize(3);
  }

  @Test
  void arraysAndUuids() {
    jdbc.execute("CREATE TABLE t (id uuid, tags array(varchar))");
    UUID id = UUID.fromString("00000000-0000-0000-0000-000000000001");
    jdbc.update("INSERT INTO t VALUES (?, ARRAY['a', 'b'])", id);
    assertThat(jdbc.queryForObject("SELECT id FROM t WHERE id = ?", UUID.class, id)).isEqualTo(id);
    List<List<Object>> tags =
        jdbc.query(
            "SELECT tags FROM t",
            (rows, number) -> List.of((Object[]) rows.getArray(1).getArray()));
    assertThat(tags).containsExactly(List.of("a", "b"));
  }
}
