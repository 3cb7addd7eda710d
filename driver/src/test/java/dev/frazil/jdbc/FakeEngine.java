package dev.frazil.jdbc;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.engine.BatchResult;
import dev.frazil.engine.Engine;
import dev.frazil.engine.ExpectedResult;
import dev.frazil.engine.ParameterValues;
import dev.frazil.engine.PreparedQuery;
import dev.frazil.engine.ResultCursor;
import dev.frazil.engine.Session;
import dev.frazil.engine.Session.ColumnDescription;
import dev.frazil.engine.Session.TableDescription;
import dev.frazil.engine.Session.TableListing;
import dev.frazil.engine.StatementResult;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.exec.CancellationToken;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.plan.TableLayout;
import dev.frazil.type.SqlType;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** An engine that knows its answers by heart: what the driver does with them is under test. */
final class FakeEngine implements Engine {
  /** The driver never touches the table itself. */
  private static final Table NO_TABLE =
      (Table)
          Proxy.newProxyInstance(
              FakeEngine.class.getClassLoader(),
              new Class<?>[] {Table.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private static final TableLayout LAYOUT =
      new TableLayout(List.of(), List.of(), List.of(), List.of(), 0L, 0);

  private static final Map<String, SqlState> FAILURES =
      Map.of(
          "unreachable",
          SqlState.CONNECTION_FAILURE,
          "unknown",
          SqlState.TRANSACTION_RESOLUTION_UNKNOWN);

  private final ConnectionConfig config;
  private final Map<String, Answer> answers = new HashMap<>();
  final List<FakeSession> sessions = new ArrayList<>();
  final List<List<ParameterValues>> executedBatches = new ArrayList<>();
  int batchesPulled;
  int cursorsOpen;
  int rests;
  boolean closed;

  FakeEngine(ConnectionConfig config) {
    this.config = config;
  }

  /** What one statement gives. */
  record Answer(
      List<ResultColumn> columns,
      List<SqlType> parameters,
      Function<ParameterValues, Iterator<RowBatch>> rows,
      long updateCount) {}

  /** A connection over this engine. */
  JdbcConnection connect() throws SQLException {
    JdbcUrl url = JdbcUrl.parse("jdbc:iceberg:/fake", new Properties());
    return JdbcConnection.open(url, new EngineRegistry(any -> this));
  }

  static FakeEngine create() {
    return new FakeEngine(ConnectionConfig.of(new Warehouse.LocalFolder("/fake")));
  }

  static ResultColumn column(String label, SqlType type) {
    return new ResultColumn(label, type, true, null, null);
  }

  /** Answers {@code sql} with one column that holds {@code values}. */
  FakeEngine value(String sql, SqlType type, @Nullable Object... values) {
    VectorBuilder builder = VectorBuilder.of(type);
    for (Object value : values) {
      builder.appendValue(value);
    }
    RowBatch batch = new RowBatch(List.of(builder.build()), values.length);
    return rows(sql, List.of(column("c", type)), List.of(batch));
  }

  FakeEngine rows(String sql, List<ResultColumn> columns, List<RowBatch> batches) {
    answers.put(sql, new Answer(columns, List.of(), ignored -> batches.iterator(), -1));
    return this;
  }

  /** Batches without end, of {@code size} ascending integers each. */
  FakeEngine endless(String sql, int size) {
    VectorBuilder builder = VectorBuilder.of(SqlType.Primitive.INTEGER);
    IntStream.range(0, size).forEach(builder::appendInt);
    RowBatch batch = new RowBatch(List.of(builder.build()), size);
    answers.put(
        sql,
        new Answer(
            List.of(column("n", SqlType.Primitive.INTEGER)),
            List.of(),
            ignored -> IntStream.generate(() -> 0).mapToObj(i -> batch).iterator(),
            -1));
    return this;
  }

  FakeEngine update(String sql, long count, SqlType... parameters) {
    List<SqlType> types = List.of(parameters);
    answers.put(
        sql, new Answer(List.of(), types, ignored -> List.<RowBatch>of().iterator(), count));
    return this;
  }

  @Override
  public Session openSession() {
    FakeSession session = new FakeSession();
    sessions.add(session);
    return session;
  }

  @Override
  public ConnectionConfig config() {
    return config;
  }

  @Override
  public void rest() {
    rests++;
  }

  @Override
  public void close() {
    closed = true;
  }

  private static TableDescription description(TableIdentifier identifier) {
    return new TableDescription(
        identifier,
        NO_TABLE,
        null,
        List.of(
            new ColumnDescription("id", SqlType.Primitive.BIGINT, false, "the key", null, 1),
            new ColumnDescription("price", new SqlType.DecimalType(10, 2), true, null, "0.00", 2),
            new ColumnDescription("placed_at", SqlType.Primitive.TIMESTAMP, true, null, null, 3)),
        List.of("id"),
        LAYOUT);
  }

  private final class FakeQuery implements PreparedQuery {
    private final String sql;
    private final Answer answer;

    FakeQuery(String sql, Answer answer) {
      this.sql = sql;
      this.answer = answer;
    }

    @Override
    public String sql() {
      return sql;
    }

    @Override
    public List<ResultColumn> columns() {
      return answer.columns();
    }

    @Override
    public List<SqlType> parameters() {
      return answer.parameters();
    }

    @Override
    public StatementResult execute(
        ParameterValues parameters, ExpectedResult expected, CancellationToken cancellation) {
      expected.check(givesRows());
      if (sql.equals("hang")) {
        while (true) {
          cancellation.check();
          Thread.onSpinWait();
        }
      }
      if (sql.equals("defect")) {
        throw new IllegalStateException("a defect");
      }
      if (!givesRows()) {
        executedBatches.add(List.of(parameters));
        return new StatementResult.UpdateCount(answer.updateCount());
      }
      cursorsOpen++;
      return new StatementResult.Rows(
          new FakeCursor(answer.columns(), answer.rows().apply(parameters), cancellation));
    }

    @Override
    public long[] executeBatch(List<ParameterValues> batch, CancellationToken cancellation) {
      if (sql.equals("conflict")) {
        throw new EngineException(SqlState.SERIALIZATION_FAILURE, "another one was first");
      }
      executedBatches.add(batch);
      long[] counts = new long[batch.size()];
      Arrays.fill(counts, answer.updateCount());
      return counts;
    }

    @Override
    public BatchResult executeReturningBatch(
        List<ParameterValues> batch, CancellationToken cancellation) {
      return new BatchResult(executeBatch(batch, cancellation), null);
    }
  }

  private final class FakeCursor implements ResultCursor {
    private final List<ResultColumn> columns;
    private final Iterator<RowBatch> batches;
    private final CancellationToken cancellation;
    private boolean open = true;

    FakeCursor(
        List<ResultColumn> columns, Iterator<RowBatch> batches, CancellationToken cancellation) {
      this.columns = columns;
      this.batches = batches;
      this.cancellation = cancellation;
    }

    @Override
    public List<ResultColumn> columns() {
      return columns;
    }

    @Override
    public @Nullable RowBatch next() {
      cancellation.check();
      batchesPulled++;
      return batches.hasNext() ? batches.next() : null;
    }

    @Override
    public void close() {
      if (open) {
        open = false;
        cursorsOpen--;
      }
    }
  }

  /** A session that keeps what it is told. */
  final class FakeSession extends FakeSettings {
    int commits;
    int rollbacks;
    boolean closed;

    @Override
    public PreparedQuery prepareReturning(String sql, List<String> columns) {
      return prepare(sql);
    }

    @Override
    public PreparedQuery prepare(String sql) {
      Answer answer = answers.get(sql);
      if (answer == null && (sql.equals("hang") || sql.equals("defect"))) {
        answer = new Answer(List.of(), List.of(), any -> List.<RowBatch>of().iterator(), 0);
      }
      SqlState failure = FAILURES.get(sql);
      if (failure != null) {
        throw new EngineException(failure, sql);
      }
      if (answer == null) {
        throw new EngineException(
            SqlState.SYNTAX_ERROR, "syntax error at line 1, column 1: " + sql);
      }
      return new FakeQuery(sql, answer);
    }

    @Override
    public void commit() {
      commits++;
    }

    @Override
    public void rollback() {
      rollbacks++;
    }

    @Override
    public List<Namespace> schemas() {
      return List.of(Namespace.of("main"), Namespace.of("sales", "emea"));
    }

    @Override
    public List<TableIdentifier> tables(Namespace schema) {
      return schema.equals(Namespace.of("main"))
          ? List.of(TableIdentifier.of(schema, "order_items"), TableIdentifier.of(schema, "orders"))
          : List.of(TableIdentifier.of(schema, "deals"));
    }

    @Override
    public Optional<TableDescription> describe(TableIdentifier identifier) {
      return all(identifier::equals).map(FakeEngine::description).findFirst();
    }

    @Override
    public List<TableListing> list(
        Predicate<TableIdentifier> tables, Predicate<TableIdentifier> views, boolean readComments) {
      return all(tables).map(table -> new TableListing(table, null)).toList();
    }

    @Override
    public List<ColumnsOf> columns(Predicate<TableIdentifier> wanted) {
      return all(wanted).map(each -> new ColumnsOf(each, description(each).columns())).toList();
    }

    @Override
    public void describe(Predicate<TableIdentifier> wanted, Consumer<TableDescription> each) {
      all(wanted).map(FakeEngine::description).forEach(each);
    }

    private Stream<TableIdentifier> all(Predicate<TableIdentifier> wanted) {
      return schemas().stream().flatMap(schema -> tables(schema).stream()).filter(wanted);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
