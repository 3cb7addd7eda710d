package dev.frazil.exec.expression;

import dev.frazil.type.SqlType;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The same random rows as vectors and as a DuckDB table {@code t}, ordered by {@code id}. */
final class RandomTable implements AutoCloseable {
  static final int ROWS = 400;

  /** How many of the values are null. */
  enum Nulls {
    NONE,
    SOME,
    ALL
  }

  record Column(String name, SqlType type) {}

  static final List<Column> COLUMNS =
      List.of(
          new Column("i1", Expressions.INTEGER),
          new Column("i2", Expressions.INTEGER),
          new Column("l1", Expressions.BIGINT),
          new Column("l2", Expressions.BIGINT),
          new Column("d1", Expressions.decimal(15, 2)),
          new Column("d2", Expressions.decimal(12, 3)),
          new Column("w1", Expressions.decimal(30, 4)),
          new Column("f1", Expressions.DOUBLE),
          new Column("f2", Expressions.DOUBLE),
          new Column("r1", Expressions.REAL),
          new Column("s1", Expressions.VARCHAR),
          new Column("s2", Expressions.VARCHAR),
          new Column("b1", Expressions.BOOLEAN),
          new Column("b2", Expressions.BOOLEAN),
          new Column("dt", Expressions.DATE),
          new Column("ts", Expressions.TIMESTAMP));

  private static final String[] WORDS = {
    "",
    "a",
    "A",
    "ab",
    "special requests",
    "Ünïcödé",
    "日本語",
    "%",
    "_x",
    "a_b%c",
    "zz top",
    "aab",
    "abab",
    "  pad ",
    "😀 smile",
    "Special",
    "ÄÖÜ",
    "a\\b",
    "0123456789"
  };

  private final Random random;
  private final Nulls nulls;
  private final List<ColumnVector> vectors = new ArrayList<>();
  private final Connection connection;

  RandomTable(long seed, Nulls nulls) throws SQLException {
    this.random = new Random(seed);
    this.nulls = nulls;
    this.connection = DriverManager.getConnection("jdbc:duckdb:");
    StringBuilder ddl = new StringBuilder("create table t (id int");
    StringBuilder insert = new StringBuilder("insert into t values (?");
    for (Column column : COLUMNS) {
      ddl.append(", ").append(column.name()).append(' ').append(column.type().sqlName());
      insert.append(", ?");
      vectors.add(makeColumn(column));
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("set timezone='UTC'");
      statement.execute("set error_on_division_by_zero=false");
      statement.execute(ddl.append(")").toString());
    }
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(insert.append(")").toString())) {
      for (int row = 0; row < ROWS; row++) {
        statement.setInt(1, row);
        for (int i = 0; i < COLUMNS.size(); i++) {
          statement.setObject(i + 2, forJdbc(VectorValues.read(vectors.get(i), row), i));
        }
        statement.addBatch();
      }
      statement.executeBatch();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  List<ColumnVector> vectors() {
    return vectors;
  }

  Connection connection() {
    return connection;
  }

  static int index(String name) {
    for (int i = 0; i < COLUMNS.size(); i++) {
      if (COLUMNS.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static Object forJdbc(Object value, int column) {
    SqlType type = COLUMNS.get(column).type();
    if (value != null && type == Expressions.DATE) {
      return LocalDate.ofEpochDay((Integer) value);
    } else if (value != null && type == Expressions.TIMESTAMP) {
      long micros = (Long) value;
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(micros, 1_000_000L),
          (int) Math.floorMod(micros, 1_000_000L) * 1000,
          ZoneOffset.UTC);
    }
    return value;
  }

  private ColumnVector makeColumn(Column column) {
    VectorBuilder builder = VectorBuilder.of(column.type());
    for (int row = 0; row < ROWS; row++) {
      boolean isNull = nulls == Nulls.ALL || (nulls == Nulls.SOME && random.nextInt(4) == 0);
      builder.appendValue(isNull ? null : value(column));
    }
    ColumnVector vector = builder.build();
    return column.name().equals("s1") ? dictionary((BytesVector) vector) : vector;
  }

  /** With every value twice in the dictionary, which readers are free to do. */
  private DictionaryVector dictionary(BytesVector plain) {
    VectorBuilder entries = VectorBuilder.of(plain.type());
    List<String> words = new ArrayList<>(List.of(WORDS));
    words.addAll(List.of(WORDS));
    words.forEach(entries::appendText);
    int[] ids = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      if (!plain.isNull(row)) {
        int id = words.indexOf(plain.text(row));
        ids[row] = random.nextBoolean() ? id : id + WORDS.length;
      }
    }
    return new DictionaryVector(ROWS, ids, (BytesVector) entries.build(), plain.nulls());
  }

  private Object value(Column column) {
    return switch (column.name()) {
      case "i1" -> random.nextInt(2001) - 1000;
      case "i2" -> pick(0, 1, -1, 7, 12, random.nextInt(40_000));
      case "l1" -> (long) random.nextInt() * 1000;
      case "l2" -> pick(0L, 1L, -1L, (long) random.nextInt(1000), 86_400_000_000L);
      case "d1" -> BigDecimal.valueOf(random.nextInt(2_000_001) - 1_000_000, 2);
      case "d2" -> BigDecimal.valueOf(random.nextInt(200_001) - 100_000, 3);
      case "w1" ->
          new BigDecimal(new BigInteger(1 + random.nextInt(95), random), 4)
              .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
      case "f1" -> pick(0d, -0d, 1.5, -2.5, Double.NaN, random.nextGaussian() * 1e3);
      case "f2" -> pick(0.5, 2.5, Double.POSITIVE_INFINITY, random.nextGaussian());
      case "r1" -> random.nextInt(100) / 4f;
      case "s1", "s2" -> WORDS[random.nextInt(WORDS.length)];
      case "b1", "b2" -> random.nextBoolean();
      case "dt" -> pick(0, -1, 59, 10957, random.nextInt(60_000) - 30_000);
      case "ts" -> pick(0L, -1L, 951_782_399_999_999L, random.nextLong() / 4000);
      default -> throw new IllegalArgumentException(column.name());
    };
  }

  private Object pick(Object... choices) {
    return choices[random.nextInt(choices.length)];
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
