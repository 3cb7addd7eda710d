package dev.frazil.testing;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.engine.Engine;
import dev.frazil.engine.EngineFactory;
import dev.frazil.engine.ParameterValues;
import dev.frazil.engine.PreparedQuery;
import dev.frazil.engine.ResultCursor;
import dev.frazil.engine.Session;
import dev.frazil.engine.StatementResult;
import dev.frazil.exec.CancellationToken;
import dev.frazil.txn.IsolationLevel;
import dev.frazil.txn.Transaction;
import dev.frazil.vector.RowBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.PendingUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/** SQL in, text out, through the engine's facade: one engine, one session. */
public final class EngineRunner implements AutoCloseable {
  private final Engine engine;
  private final Session session;

  private EngineRunner(Engine engine) {
    this.engine = engine;
    this.session = engine.openSession();
  }

  /** A database in a local folder. */
  public static EngineRunner local(Path folder) {
    return open(
        ConnectionConfig.of(
            new Warehouse.LocalFolder(folder.toAbsolutePath().normalize().toString())));
  }

  public static EngineRunner open(ConnectionConfig config) {
    return new EngineRunner(EngineFactory.open(config));
  }

  public Engine engine() {
    return engine;
  }

  public Session session() {
    return session;
  }

  /** Runs a statement that gives rows; parameters as the engine holds them. */
  public Answer query(String sql, @Nullable Object... parameters) {
    StatementResult result = execute(sql, parameters);
    if (!(result instanceof StatementResult.Rows rows)) {
      throw new AssertionError("no rows from: " + sql);
    }
    return read(rows.cursor());
  }

  /** Runs a statement that changes something; answers its update count. */
  public long update(String sql, @Nullable Object... parameters) {
    StatementResult result = execute(sql, parameters);
    if (!(result instanceof StatementResult.UpdateCount count)) {
      throw new AssertionError("rows from: " + sql);
    }
    return count.rows();
  }

  /** Changes a table of the schema {@code main} through Iceberg's own interface. */
  public void change(String table, Function<Table, PendingUpdate<?>> update) {
    try (DatabaseCatalog catalog = CatalogFactory.open(engine.config())) {
      Transaction transaction = Transaction.begin(catalog, IsolationLevel.SNAPSHOT, false, null);
      transaction.update(TableIdentifier.of("main", table), update);
      transaction.commit(null);
    }
  }

  /** Runs a statement that changes something, without parameters, one after the other. */
  public void script(String... statements) {
    for (String statement : statements) {
      update(statement);
    }
  }

  public StatementResult execute(String sql, @Nullable Object... parameters) {
    PreparedQuery query = session.prepare(sql);
    return query.execute(new ParameterValues(Arrays.asList(parameters)), new CancellationToken());
  }

  /** Pulls everything out of a cursor and closes it. */
  public static Answer read(ResultCursor cursor) {
    List<List<String>> rows = new ArrayList<>();
    try (cursor) {
      RowBatch batch = cursor.next();
      while (batch != null) {
        for (int row = 0; row < batch.rowCount(); row++) {
          List<String> values = new ArrayList<>();
          for (int column = 0; column < batch.columns().size(); column++) {
            values.add(ValueText.of(batch.column(column), row));
          }
          rows.add(values);
        }
        batch = cursor.next();
      }
    }
    return new Answer(rows);
  }

  @Override
  public void close() {
    session.close();
    engine.close();
  }
}
