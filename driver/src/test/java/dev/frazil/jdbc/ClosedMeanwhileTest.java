package dev.frazil.jdbc;

import static dev.frazil.jdbc.ColumnGettersTest.assertState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread works with what another one closes: an error, never fewer rows, and nothing is left. */
@Timeout(30)
class ClosedMeanwhileTest {
  private static final List<RowBatch> TWO_BATCHES = List.of(batch(1), batch(2));

  private final FakeEngine engine = FakeEngine.create();

  private static RowBatch batch(int value) {
    VectorBuilder builder = VectorBuilder.of(Primitive.INTEGER);
    builder.appendInt(value);
    return new RowBatch(List.of(builder.build()), 1);
  }

  /** Runs {@code work} as soon as the statement that gives these rows has left the session. */
  private List<RowBatch> thenRun(SessionLock lock, Runnable work) {
    return new AbstractList<>() {
      @Override
      public RowBatch get(int index) {
        return TWO_BATCHES.get(index);
      }

      @Override
      public int size() {
        return TWO_BATCHES.size();
      }

      @Override
      public Iterator<RowBatch> iterator() {
        Thread other = new Thread(() -> lock.later(work));
        other.start();
        try {
          other.join();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return super.iterator();
      }
    };
  }

  private static void close(AutoCloseable closed) {
    try {
      closed.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {ResultSet.TYPE_FORWARD_ONLY, ResultSet.TYPE_SCROLL_INSENSITIVE})
  void anExecutionLeavesNoCursor(int type) throws SQLException {
    JdbcConnection first = engine.connect();
    Statement closed = first.createStatement(type, ResultSet.CONCUR_READ_ONLY);
    engine.rows(
        "q",
        List.of(FakeEngine.column("n", Primitive.INTEGER)),
        thenRun(first.lock(), () -> close(closed)));
    assertState(() -> closed.executeQuery("q"), "55000");
    assertThat(engine.cursorsOpen).isZero();
    assertThat(first.isValid(0)).isTrue();

    JdbcConnection second = engine.connect();
    engine.rows(
        "q",
        List.of(FakeEngine.column("n", Primitive.INTEGER)),
        thenRun(second.lock(), () -> close(second)));
    Statement statement = second.createStatement(type, ResultSet.CONCUR_READ_ONLY);
    assertState(() -> statement.executeQuery("q"), "08003");
    assertThat(engine.cursorsOpen).isZero();
  }

  private interface Reading {
    Callable<?> of(ResultSet rows) throws SQLException;
  }

  private void waitingReaderFails(int type, Reading reading) throws Exception {
    engine.rows("q", List.of(FakeEngine.column("n", Primitive.INTEGER)), TWO_BATCHES);
    JdbcConnection connection = engine.connect();
    ResultSet rows = connection.createStatement(type, ResultSet.CONCUR_READ_ONLY).executeQuery("q");
    Callable<?> more = reading.of(rows);
    FutureTask<Object> task = new FutureTask<>(more::call);
    Thread reader = new Thread(task);
    connection.lock().lock();
    try {
      reader.start();
      while (reader.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      connection.close();
    } finally {
      connection.lock().unlock();
    }
    assertThatThrownBy(() -> task.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(SQLException.class)
        .cause()
        .hasMessage("the result set is closed");
  }

  @Test
  void aReaderThatWaitsSeesNoEnd() throws Exception {
    waitingReaderFails(
        ResultSet.TYPE_FORWARD_ONLY,
        rows -> {
          assertThat(rows.next()).isTrue();
          return rows::next;
        });
    waitingReaderFails(
        ResultSet.TYPE_SCROLL_INSENSITIVE,
        rows -> {
          assertThat(rows.next()).isTrue();
          return rows::next;
        });
    waitingReaderFails(
        ResultSet.TYPE_FORWARD_ONLY,
        rows -> {
          ColumnBatches batches = rows.unwrap(ColumnBatches.class);
          assertThat(batches.next()).isNotNull();
          return batches::next;
        });
  }

  @Test
  void batchesThatFailedFailAgain(@TempDir Path folder) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:iceberg:" + folder);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT 1 / (x - 30000) FROM generate_series(1, 40000) s (x)")) {
      ColumnBatches batches = rows.unwrap(ColumnBatches.class);
      assertThat(batches.next()).isNotNull();
      assertState(
          () -> {
            while (batches.next() != null) {
              assertThat(rows.isClosed()).isFalse();
            }
          },
          "22012");
      assertState(batches::next, "22012");
    }
  }
}
