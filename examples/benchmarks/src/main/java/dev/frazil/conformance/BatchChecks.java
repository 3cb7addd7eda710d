package dev.frazil.conformance;

import java.sql.BatchUpdateException;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;

/** Batches of texts and of parameters. */
final class BatchChecks {
  private BatchChecks() {}

  static List<Check> checks() {
    CheckList list = new CheckList("batches");
    addBatches(list);
    return list.checks();
  }

  private static void addBatches(CheckList list) {
    list.add(
        "a batch of parameters",
        "JDBC 14.1.4, PreparedStatement.addBatch",
        scene -> {
          String table = scene.table("a integer");
          PreparedStatement insert = scene.prepare("INSERT INTO " + table + " VALUES (?)");
          for (int row = 1; row <= 10; row++) {
            insert.setInt(1, row);
            insert.addBatch();
          }
          counts(insert.executeBatch(), 10);
          Expect.equal(10, scene.row("SELECT count(*) FROM " + table).getInt(1));
          Expect.equal(0, insert.executeBatch().length);
        });
    list.add(
        "a large batch",
        "PreparedStatement.executeLargeBatch",
        scene -> {
          String table = scene.table("a integer");
          PreparedStatement insert = scene.prepare("INSERT INTO " + table + " VALUES (?)");
          insert.setInt(1, 1);
          insert.addBatch();
          Expect.equal(1, insert.executeLargeBatch().length);
        });
    list.add(
        "a batch of texts",
        "JDBC 14.1, Statement.addBatch",
        scene -> {
          String table = scene.table("a integer");
          Statement statement = scene.statement();
          statement.addBatch("INSERT INTO " + table + " VALUES (1), (2)");
          statement.addBatch("DELETE FROM " + table + " WHERE a = 1");
          Expect.equal("[2, 1]", Arrays.toString(statement.executeBatch()));
        });
    list.add(
        "clearBatch",
        "Statement.clearBatch",
        scene -> {
          String table = scene.table("a integer");
          Statement statement = scene.statement();
          statement.addBatch("INSERT INTO " + table + " VALUES (1)");
          statement.clearBatch();
          Expect.equal(0, statement.executeBatch().length);
          Expect.equal(0, scene.row("SELECT count(*) FROM " + table).getInt(1));
        });
    list.add(
        "an empty batch",
        "Statement.executeBatch",
        scene -> Expect.equal(0, scene.statement().executeBatch().length));
    list.add(
        "a query in a batch",
        "Statement.executeBatch: BatchUpdateException if one of the"
            + " commands attempts to return a result set",
        scene -> {
          Statement statement = scene.statement();
          Expect.fails(
              () -> {
                statement.addBatch("SELECT 1 AS a");
                return statement.executeBatch();
              });
        });
    list.add(
        "a batch that fails",
        "JDBC 14.1.3, BatchUpdateException.getUpdateCounts",
        scene -> {
          String table = scene.table("a integer PRIMARY KEY");
          Statement statement = scene.statement();
          statement.addBatch("INSERT INTO " + table + " VALUES (1)");
          statement.addBatch("INSERT INTO " + table + " VALUES (1)");
          statement.addBatch("INSERT INTO " + table + " VALUES (2)");
          int length = failure(statement).getUpdateCounts().length;
          Expect.that(length == 1 || length == 3, length + " counts");
        });
    list.add(
        "a prepared batch that fails",
        "JDBC 14.1.4, BatchUpdateException",
        scene -> {
          String table = scene.table("a integer PRIMARY KEY");
          PreparedStatement insert = scene.prepare("INSERT INTO " + table + " VALUES (?)");
          for (int key : new int[] {1, 1, 2}) {
            insert.setInt(1, key);
            insert.addBatch();
          }
          BatchUpdateException failure = failure(insert);
          Expect.that(failure.getUpdateCounts() != null, "no counts");
          Expect.that(
              failure.getSQLState() != null && failure.getSQLState().startsWith("23"),
              "SQLState " + failure.getSQLState());
        });
    list.add(
        "a batch in a transaction that is rolled back",
        "JDBC 14.1.1",
        scene -> {
          String table = scene.table("a integer");
          scene.begin();
          PreparedStatement insert = scene.prepare("INSERT INTO " + table + " VALUES (?)");
          insert.setInt(1, 1);
          insert.addBatch();
          counts(insert.executeBatch(), 1);
          scene.connection().rollback();
          Expect.equal(0, scene.row("SELECT count(*) FROM " + table).getInt(1));
        });
  }

  private static BatchUpdateException failure(Statement statement) throws Exception {
    Exception thrown = Expect.fails(statement::executeBatch);
    Expect.that(thrown instanceof BatchUpdateException, "a " + thrown.getClass().getName());
    return (BatchUpdateException) thrown;
  }

  private static void counts(int[] counts, int length) {
    Expect.equal(length, counts.length);
    for (int count : counts) {
      Expect.that(count == 1 || count == Statement.SUCCESS_NO_INFO, "count " + count);
    }
  }
}
