package dev.frazil.conformance;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The database of one check: its connections, closed when the check ends, and tables of its own.
 */
public final class Scene implements AutoCloseable {
  private static final AtomicInteger NEXT = new AtomicInteger(1000);

  private final Dialect dialect;
  private final Deque<Connection> opened = new ArrayDeque<>();
  private @Nullable Connection connection;

  Scene(Dialect dialect) {
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }

  /** The connection of the check. */
  Connection connection() throws SQLException {
    Connection first = connection;
    if (first == null) {
      first = another();
      connection = first;
    }
    return first;
  }

  /** A further connection. */
  Connection another() throws SQLException {
    Connection further = DriverManager.getConnection(dialect.url());
    opened.push(further);
    return further;
  }

  /** Turns autocommit off for a check about transactions. */
  void begin() throws SQLException {
    if (dialect.lacks(Dialect.Trait.AUTOCOMMIT_ONLY)) {
      throw new LackingFeature(dialect.name() + " has no transactions that write");
    }
    connection().setAutoCommit(false);
  }

  /** Writes need not last: spares their commits where the database has transactions. */
  void holdCommits() throws SQLException {
    if (!dialect.lacks(Dialect.Trait.AUTOCOMMIT_ONLY)) {
      connection().setAutoCommit(false);
    }
  }

  Statement statement() throws SQLException {
    return connection().createStatement();
  }

  PreparedStatement prepare(String sql) throws SQLException {
    return connection().prepareStatement(sql);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = statement()) {
      statement.execute(sql);
    }
  }

  /** The rows of a query, before the first one. */
  ResultSet query(String sql) throws SQLException {
    return statement().executeQuery(sql);
  }

  /** The rows of a query, on the first one. */
  ResultSet row(String sql) throws SQLException {
    ResultSet rows = query(sql);
    Expect.that(rows.next(), "no row: " + sql);
    return rows;
  }

  /** The column of a kind in a row of the table of types. */
  ResultSet value(Kind kind, int id) throws SQLException {
    dialect.type(kind);
    return row("SELECT " + kind.column() + " FROM conf_types WHERE id = " + id);
  }

  /** A number that no other check has. */
  int fresh() {
    return NEXT.incrementAndGet();
  }

  /** A new table of these columns. */
  String table(String columns) throws SQLException {
    String name = "conf_t" + fresh();
    execute("CREATE TABLE " + name + " (" + columns + ")");
    return name;
  }

  /** A new table (id integer, name varchar) of so many rows: 1 and 'n1', 2 and 'n2'. */
  String numbered(int rows) throws SQLException {
    String table = table("id integer, name varchar(20)");
    StringBuilder values = new StringBuilder();
    for (int row = 1; row <= rows; row++) {
      values.append(row == 1 ? "" : ", ").append("(" + row + ", 'n" + row + "')");
    }
    execute("INSERT INTO " + table + " VALUES " + values);
    return table;
  }

  /** A name as the database stores it: metadata is asked by that. */
  String stored(String name) throws SQLException {
    java.sql.DatabaseMetaData meta = connection().getMetaData();
    return meta.storesUpperCaseIdentifiers()
        ? name.toUpperCase(java.util.Locale.ROOT)
        : meta.storesLowerCaseIdentifiers() ? name.toLowerCase(java.util.Locale.ROOT) : name;
  }

  @Override
  public void close() throws SQLException {
    SQLException failed = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (SQLException e) {
        failed = e;
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
