package dev.frazil.exec;

import dev.frazil.memory.MemoryBudget;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.FloatVector;
import dev.frazil.vector.Int128Vector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.VectorBuilder;
import dev.frazil.vector.VectorGather;
import dev.frazil.vector.VectorValues;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Random rows, the same in our batches and in DuckDB, and answers in a form that compares. */
public final class RowsFixture {
  private RowsFixture() {}

  /** The seed of a random test: printed, and replayed with -Dfrazil.seed=. */
  public static long seed(String test) {
    String given = System.getProperty("frazil.seed");
    long seed = given == null ? System.nanoTime() : Long.parseLong(given);
    System.out.println(test + " -Dfrazil.seed=" + seed);
    return seed;
  }

  /** A context whose operators have so much memory and so many threads. */
  public static QueryContext context(long memoryBytes, int threads) {
    try {
      Path folder = Files.createTempDirectory("frazil-exec");
      folder.toFile().deleteOnExit();
      return new QueryContext(
          new MemoryBudget(memoryBytes),
          new CancellationToken(),
          List.of(),
          0,
          ZoneOffset.UTC,
          table -> {
            throw new IllegalStateException("no table is read here");
          },
          threads,
          folder,
          new QueryCounters());
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A table of random rows. */
  public record RandomTable(String name, List<Column> columns, List<List<@Nullable Object>> rows) {

    /** Few distinct values a column, so that keys repeat and match; a tenth of them null. */
    public static RandomTable of(String name, List<SqlType> types, int rowCount, Random random) {
      int spread = 1 + random.nextInt(Math.max(2, rowCount));
      return of(name, types, rowCount, spread, random);
    }

    /** As above, with values out of {@code spread} different ones. */
    public static RandomTable of(
        String name, List<SqlType> types, int rowCount, int spread, Random random) {
      List<Column> columns = new ArrayList<>();
      for (int c = 0; c < types.size(); c++) {
        columns.add(new Column("c" + c, types.get(c), true));
      }
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (int i = 0; i < rowCount; i++) {
        List<@Nullable Object> row = new ArrayList<>();
        for (SqlType type : types) {
          row.add(random.nextInt(10) == 0 ? null : value(type, random.nextInt(spread)));
        }
        rows.add(row);
      }
      return new RandomTable(name, columns, rows);
    }

    private static Object value(SqlType type, int number) {
      if (type instanceof SqlType.DecimalType decimal) {
        BigDecimal unscaled = BigDecimal.valueOf(number - 50L);
        return unscaled
            .multiply(
                decimal.precision() > 18 ? new BigDecimal("100000000000000000003") : BigDecimal.ONE)
            .movePointLeft(decimal.scale())
            .setScale(decimal.scale(), java.math.RoundingMode.HALF_UP);
      }
      return switch ((Primitive) type) {
        case BOOLEAN -> number % 2 == 0;
        case INTEGER -> number - 20;
        case DATE -> 10_000 + number;
        case BIGINT -> number % 3 == 0 ? number * 10_000_000_000L : number;
        case TIMESTAMP -> number * 1_000_003L;
        case REAL -> number / 4f;
        case DOUBLE -> number % 7 == 0 ? -0.0 : number / 8.0;
        case VARCHAR -> number % 11 == 0 ? "" : "value é " + number;
        case TIMESTAMP_NANO -> number * 1_000_003L;
        case TIME,
            TIMESTAMP_WITH_TIME_ZONE,
            TIMESTAMP_NANO_WITH_TIME_ZONE,
            VARBINARY,
            UUID,
            VARIANT,
            UNKNOWN ->
            throw new IllegalArgumentException(type.sqlName());
      };
    }

    public PhysicalNode.Values node() {
      List<List<ScalarExpression>> literals = new ArrayList<>();
      for (List<@Nullable Object> row : rows) {
        List<ScalarExpression> literal = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
          literal.add(new ScalarExpression.Literal(row.get(c), columns.get(c).type()));
        }
        literals.add(literal);
      }
      return new PhysicalNode.Values(columns, literals);
    }

    public List<SqlType> types() {
      return columns.stream().map(Column::type).toList();
    }

    /** The rows in batches: some with dead rows in between, some with dictionaries. */
    public List<RowBatch> batches(int batchRows, Random random) {
      List<RowBatch> batches = new ArrayList<>();
      for (int from = 0; from < rows.size(); from += batchRows) {
        batches.add(batch(rows.subList(from, Math.min(rows.size(), from + batchRows)), random));
      }
      return batches;
    }

    private RowBatch batch(List<List<@Nullable Object>> part, Random random) {
      boolean gaps = random.nextBoolean();
      int total = gaps ? part.size() * 2 : part.size();
      int[] alive = new int[part.size()];
      List<ColumnVector> vectors = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        VectorBuilder builder = VectorBuilder.of(columns.get(c).type());
        for (int i = 0; i < total; i++) {
          boolean real = !gaps || i % 2 == 1;
          builder.appendValue(
              real ? part.get(gaps ? i / 2 : i).get(c) : value(columns.get(c).type(), i));
        }
        ColumnVector vector = builder.build();
        vectors.add(
            vector instanceof BytesVector bytes && random.nextBoolean()
                ? dictionary(bytes)
                : vector);
      }
      for (int k = 0; k < alive.length; k++) {
        alive[k] = gaps ? k * 2 + 1 : k;
      }
      return new RowBatch(vectors, total, gaps ? new SelectionVector(alive, alive.length) : null);
    }

    private static DictionaryVector dictionary(BytesVector bytes) {
      int[] ids = new int[bytes.rowCount()];
      VectorBuilder entries = VectorBuilder.of(bytes.type());
      java.util.Map<String, Integer> known = new java.util.HashMap<>();
      for (int row = 0; row < ids.length; row++) {
        if (!bytes.isNull(row)) {
          String text = bytes.text(row);
          Integer id = known.get(text);
          if (id == null) {
            id = entries.rowCount();
            known.put(text, id);
            entries.appendText(text);
          }
          ids[row] = id;
        }
      }
      if (entries.rowCount() == 0) {
        entries.appendText("unused");
      }
      return new DictionaryVector(ids.length, ids, (BytesVector) entries.build(), bytes.nulls());
    }

    /** Creates the table in DuckDB with the same rows. */
    public void create(Connection duckdb) throws SQLException {
      StringBuilder ddl = new StringBuilder("create or replace table " + name + " (");
      StringBuilder types = new StringBuilder();
      for (int c = 0; c < columns.size(); c++) {
        String type = columns.get(c).type().sqlName();
        ddl.append(c == 0 ? "" : ", ").append('c').append(c).append(' ').append(type);
        types.append(c == 0 ? "" : ", ").append("'c").append(c).append("': '").append(type);
        types.append('\'');
      }
      try (Statement statement = duckdb.createStatement()) {
        statement.execute(ddl.append(')').toString());
        Path csv = Files.createTempFile("frazil", ".csv");
        Files.write(csv, rows.stream().map(this::csvLine).toList());
        statement.execute(
            "insert into "
                + name
                + " select * from read_csv('"
                + csv
                + "', header = false, nullstr = 'NULL', quote = '\"', auto_detect = false,"
                + " delim = ',', columns = {"
                + types
                + "})");
        Files.delete(csv);
      } catch (java.io.IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String csvLine(List<@Nullable Object> row) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        line.append(c == 0 ? "" : ",").append(csvCell(row.get(c), columns.get(c).type()));
      }
      return line.toString();
    }

    private static String csvCell(@Nullable Object value, SqlType type) {
      if (value == null) {
        return "NULL";
      }
      if (type == Primitive.DATE) {
        return LocalDate.ofEpochDay((Integer) value).toString();
      }
      if (type == Primitive.TIMESTAMP) {
        long micros = (Long) value;
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L),
                (int) Math.floorMod(micros, 1_000_000L) * 1000,
                ZoneOffset.UTC)
            .toString();
      }
      return value instanceof String ? "\"" + value + "\"" : value.toString();
    }
  }

  /** A source that several workers share. */
  public static final class SharedRows implements BatchSource {
    private final ConcurrentLinkedQueue<RowBatch> queue;
    private final int workers;
    private boolean reuses;

    public SharedRows(List<RowBatch> batches, int workers) {
      this.queue = new ConcurrentLinkedQueue<>(batches);
      this.workers = workers;
    }

    @Override
    public void prepare() {}

    @Override
    public int parallelism() {
      return workers;
    }

    @Override
    public void reuseBatches() {
      reuses = true;
    }

    @Override
    public Operator worker() {
      return new Operator() {
        private List<ColumnVector> last = List.of();

        @Override
        public @Nullable RowBatch next() {
          RowBatch batch = queue.poll();
          if (reuses && batch != null) {
            last.forEach(SharedRows::overwrite);
            last = batch.columns().stream().map(SharedRows::copy).toList();
            return new RowBatch(last, batch.rowCount(), batch.selection());
          }
          return batch;
        }

        @Override
        public void close() {}
      };
    }

    private static ColumnVector copy(ColumnVector column) {
      int rows = column.rowCount();
      return VectorGather.gather(column, VectorGather.range(0, rows), rows);
    }

    /** As a scan would with the next rows: whoever kept the arrays sees other values in them. */
    private static void overwrite(ColumnVector column) {
      if (column instanceof IntVector ints) {
        Arrays.fill(ints.values(), -77);
      } else if (column instanceof LongVector longs) {
        Arrays.fill(longs.values(), -777);
      } else if (column instanceof Int128Vector wide) {
        Arrays.fill(wide.low(), -7777);
      } else if (column instanceof DoubleVector doubles) {
        Arrays.fill(doubles.values(), -77.7);
      } else if (column instanceof FloatVector floats) {
        Arrays.fill(floats.values(), -7.7f);
      } else if (column instanceof DictionaryVector strings) {
        Arrays.fill(strings.ids(), 0);
      }
    }

    @Override
    public void stop() {
      queue.clear();
    }

    @Override
    public void close() {}
  }

  /** All rows of an operator, in order, in comparable form; closes it. */
  public static List<String> drain(Operator operator) {
    List<String> rows = new ArrayList<>();
    try (operator) {
      RowBatch batch = operator.next();
      while (batch != null) {
        RowBatch compact = RowBatches.compact(batch);
        if (compact.rowCount() == 0) {
          throw new AssertionError("a batch without rows");
        }
        for (int row = 0; row < compact.rowCount(); row++) {
          StringBuilder text = new StringBuilder();
          for (ColumnVector column : compact.columns()) {
            text.append(comparable(VectorValues.read(column, row), column.type())).append('|');
          }
          rows.add(text.toString());
        }
        batch = operator.next();
      }
    }
    return rows;
  }

  /** The rows of a query of DuckDB, in order, in comparable form. */
  public static List<String> query(Connection duckdb, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = duckdb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder text = new StringBuilder();
        for (int c = 1; c <= width; c++) {
          text.append(comparable(result.getObject(c), Primitive.UNKNOWN)).append('|');
        }
        rows.add(text.toString());
      }
    }
    return rows;
  }

  private static String comparable(@Nullable Object value, SqlType type) {
    if (value instanceof Boolean || value instanceof String || value == null) {
      return String.valueOf(value);
    }
    if (value instanceof LocalDate date) {
      return "day " + date.toEpochDay();
    }
    if (type == Primitive.DATE) {
      return "day " + value;
    }
    if (value instanceof java.sql.Timestamp time) {
      LocalDateTime local = time.toLocalDateTime();
      return "micros "
          + (local.toEpochSecond(ZoneOffset.UTC) * 1_000_000L + local.getNano() / 1000);
    }
    if (type == Primitive.TIMESTAMP) {
      return "micros " + value;
    }
    if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      return value.toString();
    }
    BigDecimal number =
        value instanceof Double || value instanceof Float
            ? new BigDecimal(value.toString()).round(new MathContext(9))
            : new BigDecimal(value.toString());
    number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    return number.toPlainString();
  }

  /** Fails unless both hold the same rows in any order, floating-point numbers within a hair. */
  public static void assertSameRows(String what, List<String> actual, List<String> expected) {
    List<String> ours = actual.stream().sorted().toList();
    List<String> theirs = expected.stream().sorted().toList();
    assertSameOrder(what, ours, theirs);
  }

  /** Fails unless both hold the same rows in the same order. */
  public static void assertSameOrder(String what, List<String> ours, List<String> theirs) {
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      if (!close(ours.get(i), theirs.get(i))) {
        throw new AssertionError(
            what + "\nrow " + i + "\nours   " + ours.get(i) + "\ntheirs " + theirs.get(i));
      }
    }
    if (ours.size() != theirs.size()) {
      throw new AssertionError(what + "\n" + ours.size() + " rows, not " + theirs.size());
    }
  }

  private static boolean close(String ours, String theirs) {
    if (ours.equals(theirs)) {
      return true;
    }
    String[] left = ours.split("\\|", -1);
    String[] right = theirs.split("\\|", -1);
    for (int i = 0; i < left.length; i++) {
      if (left.length != right.length || !closeCell(left[i], right[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean closeCell(String left, String right) {
    if (left.equals(right)) {
      return true;
    }
    if (!left.matches("-?\\d+(\\.\\d+)?") || !right.matches("-?\\d+(\\.\\d+)?")) {
      return false;
    }
    double one = Double.parseDouble(left);
    double other = Double.parseDouble(right);
    return left.contains(".") && Math.abs(one - other) <= 1e-7 * Math.max(1, Math.abs(other));
  }
}
