package dev.frazil.differential;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.differential.Fragment.Dialect;
import dev.frazil.differential.Verdict.Outcome;
import dev.frazil.engine.ResultCursor;
import dev.frazil.engine.StatementResult;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.testing.Answer;
import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The two engines with the same tables. */
final class Opponents implements AutoCloseable {
  private static final int MOST_PARTS = 12;
  private static final String TOO_MANY_ROWS = "More than one row";

  /** Where it cannot give two decimals that it compares a common type. */
  private static final String TOO_MANY_DIGITS = "to type DECIMAL(38,";

  private final EngineRunner frazil;

  /** Makes the tables, with all the memory there is. */
  private final EngineRunner writer;

  private PatientDuckDb duckDb;

  Opponents(Path folder, Map<ConnectionProperty, String> settings) {
    frazil = open(folder, settings);
    writer =
        settings.containsKey(ConnectionProperty.MEMORY_LIMIT) ? open(folder, Map.of()) : frazil;
    duckDb = openDuckDb();
  }

  private static EngineRunner open(Path folder, Map<ConnectionProperty, String> settings) {
    return EngineRunner.open(
        new ConnectionConfig(
            new Warehouse.LocalFolder(folder.toAbsolutePath().normalize().toString()),
            settings,
            Map.of()));
  }

  private static PatientDuckDb openDuckDb() {
    PatientDuckDb duckDb = new PatientDuckDb();
    duckDb.execute("SET threads = 1");
    // It squeezes sums of eight bits or more into a TINYINT: 132 becomes -124.
    duckDb.execute("SET disabled_optimizers = 'compressed_materialization'");
    return duckDb;
  }

  /** Another DuckDB in the place of one that broke: it answers nothing any more. */
  void mend(List<TableContents> tables) {
    duckDb.close();
    duckDb = openDuckDb();
    for (TableContents table : tables) {
      table.statements(Dialect.DUCKDB).forEach(duckDb.runner()::update);
    }
  }

  /** Random threads and memory. */
  static Map<ConnectionProperty, String> settings(Dice dice) {
    Map<ConnectionProperty, String> settings = new EnumMap<>(ConnectionProperty.class);
    settings.put(ConnectionProperty.THREADS, dice.of("1", "2", "7"));
    if (dice.oneIn(3)) {
      settings.put(ConnectionProperty.MEMORY_LIMIT, dice.of("64KB", "100KB", "500KB"));
    }
    return settings;
  }

  EngineRunner frazil() {
    return frazil;
  }

  void create(List<TableContents> tables) {
    tables.forEach(table -> table.create(writer, duckDb.runner()));
  }

  void replace(TableContents table) {
    table.drop(writer, duckDb.runner());
    table.create(writer, duckDb.runner());
  }

  Verdict compare(Fragment statement) {
    String sql = statement.text(Dialect.FRAZIL);
    Answer ours;
    List<String> names;
    try {
      StatementResult.Rows rows = (StatementResult.Rows) frazil.execute(sql);
      ResultCursor cursor = rows.cursor();
      names = cursor.columns().stream().map(ResultColumn::label).toList();
      ours = EngineRunner.read(cursor);
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      return failed(statement, e);
    }
    Answer theirs;
    try {
      theirs = duckDb(statement);
    } catch (AssertionError e) {
      String message = reason(e);
      boolean broken = message.startsWith("INTERNAL") || message.contains(TOO_MANY_DIGITS);
      Outcome outcome = broken ? Outcome.DUCKDB_BREAKS : Outcome.DUCKDB_FAILS;
      return new Verdict(outcome, beginning(message), message);
    }
    RowComparison comparison = new RowComparison(names);
    boolean isOrdered = QuerySource.isOrdered(statement);
    String difference = comparison.difference(ours, theirs, isOrdered);
    if (difference == null) {
      return new Verdict(Outcome.SAME, "", "" + ours.rows().size());
    }
    if (agreesUnoptimised(ours, statement, comparison)) {
      return new Verdict(Outcome.DUCKDB_DISAGREES, "", difference);
    }
    return new Verdict(Outcome.DIFFERENT_ROWS, "", difference + unlimited(sql, theirs, comparison));
  }

  private boolean agreesUnoptimised(Answer ours, Fragment statement, RowComparison comparison) {
    try {
      Answer theirs = unoptimised(statement.text(Dialect.DUCKDB));
      return comparison.difference(ours, theirs, QuerySource.isOrdered(statement)) == null;
    } catch (AssertionError e) {
      return false;
    }
  }

  /** Says when an answer is wrong for want of memory, or by threads. */
  private String unlimited(String sql, Answer theirs, RowComparison comparison) {
    try {
      return writer != frazil && comparison.difference(writer.query(sql), theirs, false) == null
          ? " (without limits of memory and threads it is right)"
          : "";
    } catch (EngineException e) {
      return " (without limits of memory and threads it fails: " + e.getMessage() + ")";
    }
  }

  /**
   * Its answer; when it fails, that of its plan as the query stands there: the optimiser moves what
   * fails before what it was guarded by, or fails itself. It runs a scalar sub-query even where no
   * row asks for its value, and here one with too many rows fails only where one does: then its
   * answer by the first of them is as good as any.
   */
  private Answer duckDb(Fragment statement) {
    String sql = statement.text(Dialect.DUCKDB);
    try {
      return duckDb.query(sql);
    } catch (AssertionError e) {
      if (reason(e).startsWith("INTERNAL")) {
        throw e;
      }
      return reason(e).contains(TOO_MANY_ROWS) ? byFirstRows(sql) : unoptimised(sql);
    }
  }

  private Answer byFirstRows(String sql) {
    duckDb.execute("SET scalar_subquery_error_on_multiple_rows = false");
    try {
      return duckDb.query(sql);
    } finally {
      duckDb.execute("RESET scalar_subquery_error_on_multiple_rows");
    }
  }

  private Answer unoptimised(String sql) {
    duckDb.execute("PRAGMA disable_optimizer");
    try {
      return duckDb.query(sql);
    } finally {
      duckDb.execute("PRAGMA enable_optimizer");
    }
  }

  private Verdict failed(Fragment statement, Throwable failure) {
    boolean limited =
        frazil.engine().config().values().containsKey(ConnectionProperty.MEMORY_LIMIT);
    if (limited && failure instanceof EngineException e && e.state() == SqlState.OUT_OF_MEMORY) {
      return new Verdict(Outcome.OUT_OF_MEMORY, "", firstLine(failure));
    }
    String cause =
        (failure instanceof EngineException e ? e.state().code() : failure.getClass().getName())
            + " "
            + beginning(firstLine(failure));
    String explanation = cause + ": " + firstLine(failure);
    try {
      duckDb.query(statement.text(Dialect.DUCKDB));
      return new Verdict(Outcome.FRAZIL_FAILS, cause, explanation);
    } catch (AssertionError e) {
      String theirs = reason(e);
      Outcome outcome =
          failure instanceof EngineException ours
                  && (isRight(ours.state(), theirs)
                      || hasBothErrors(statement, ours.state(), theirs)
                      || isOfAnotherRow(firstLine(ours), theirs))
              ? Outcome.BOTH_FAIL
              : Outcome.OTHER_ERROR;
      return new Verdict(outcome, cause, explanation + " / " + theirs);
    }
  }

  /**
   * Whether two parts of a statement fail, and the engines begin at different ends: each without
   * the other fails in both engines, once as here and once as there.
   */
  private boolean hasBothErrors(Fragment statement, SqlState ours, String theirs) {
    boolean oursIsThere = false;
    boolean theirsIsThere = false;
    for (Fragment part : statement.smaller().limit(MOST_PARTS).toList()) {
      SqlState state = null;
      try {
        frazil.query(part.text(Dialect.FRAZIL));
      } catch (EngineException e) {
        state = e.state();
      }
      String message = null;
      try {
        duckDb.query(part.text(Dialect.DUCKDB));
      } catch (AssertionError e) {
        message = reason(e);
      }
      if (state != null && message != null && isRight(state, message)) {
        oursIsThere |= state == ours;
        theirsIsThere |= beginning(message).equals(beginning(theirs));
      }
    }
    return oursIsThere && theirsIsThere;
  }

  /**
   * Whether the one quotient that leaves its type is ours, and a divisor of zero is theirs: of two
   * rows of one division, which a part of the statement cannot tell apart.
   */
  private static boolean isOfAnotherRow(String ours, String theirs) {
    return theirs.contains(FallibleStatements.DIVISION_BY_ZERO)
        && (ours.contains(Integer.MIN_VALUE + " / -1 ")
            || ours.contains(Long.MIN_VALUE + " / -1 "));
  }

  private static String reason(AssertionError failure) {
    return firstLine(failure.getCause() == null ? failure : failure.getCause());
  }

  /** Whether an error of ours says what DuckDB's says. */
  private static boolean isRight(SqlState ours, String theirs) {
    String code = ours.code();
    if (theirs.contains(FallibleStatements.DIVISION_BY_ZERO)) {
      return code.equals("22012");
    } else if (theirs.contains(TOO_MANY_ROWS)) {
      return code.equals("21000");
    } else if (theirs.contains("Could not convert string") || theirs.contains("date field")) {
      return code.equals("22018") || code.equals("22007") || code.equals("22003");
    } else if (theirs.contains("verflow") || theirs.contains("ut of range")) {
      return code.equals("22003") || code.equals("22008");
    }
    return !code.equals("XX000");
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** Enough to tell failures apart, too little to hold a name that changes. */
  private static String beginning(String text) {
    String message =
        text.replaceFirst("^.*stack trace: (RuntimeException: |java.lang.RuntimeException: )*", "");
    return message.substring(0, Math.min(24, message.length())).replaceAll("[0-9]+", "#");
  }

  @Override
  public void close() {
    frazil.close();
    if (writer != frazil) {
      writer.close();
    }
    duckDb.close();
  }
}
