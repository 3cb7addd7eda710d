package dev.frazil.shell;

import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import sqlline.AlignedTableFormat;
import sqlline.BuiltInProperty;
import sqlline.OutputFormat;
import sqlline.SqlLine;
import sqlline.SqlLineProperty;

/**
 * sqlline with the commands that make sense on Frazil. It shows a failure as a message with its
 * SQLState, never as a stack trace.
 */
final class FrazilSqlLine extends SqlLine {
  private static final Set<String> COMMANDS =
      Set.of(
          "autocommit",
          "close",
          "columns",
          "commit",
          "connect",
          "dbinfo",
          "describe",
          "go",
          "help",
          "history",
          "indexes",
          "isolation",
          "list",
          "metadata",
          "outputformat",
          "primarykeys",
          "procedures",
          "quit",
          "readonly",
          "reconnect",
          "record",
          "rerun",
          "reset",
          "rollback",
          "run",
          "schemas",
          "script",
          "set",
          "sql",
          "tables",
          "typeinfo",
          "verbose");

  private static final String ABORTED = "Aborting command set";
  private static final int SHOWN_LENGTH = 200;

  private boolean failed;

  FrazilSqlLine() {
    Map<String, OutputFormat> formats = new HashMap<>(getOutputFormats());
    formats.put("table", new AlignedTableFormat(this));
    updateOutputFormats(formats);
    updateCommandHandlers(
        getCommandHandlers().stream()
            .filter(handler -> COMMANDS.contains(handler.getName()))
            .toList());
  }

  /**
   * Also sets how the next result shows NULL, since sqlline asks for the formats before it reads a
   * result: readers see NULL, a cell of a file is empty, JSON has a word of its own.
   */
  @Override
  public Map<String, OutputFormat> getOutputFormats() {
    String nulls =
        switch (getOpts().getOutputFormat()) {
          case "table", "vertical", "ansiconsole" -> "NULL";
          case "csv", "tsv" -> "";
          default -> SqlLineProperty.DEFAULT;
        };
    getOpts().set(BuiltInProperty.NULL_VALUE, nulls);
    return super.getOutputFormats();
  }

  /**
   * Whether anything but a warning was shown: sqlline forgets it when another statement follows.
   */
  boolean failed() {
    return failed;
  }

  /** Without sqlline's own name, which means nothing to our users. */
  @Override
  public void info(String message) {
    if (!message.startsWith("sqlline version")) {
      super.info(message);
    }
  }

  /** Names the statement at which a script stopped. */
  @Override
  public boolean error(String message) {
    failed = true;
    if (message.startsWith(ABORTED)) {
      String quoted = message.substring(message.indexOf(": ") + 2).strip();
      String statement = quoted.replaceAll("^\"|\"$", "").strip().replaceAll("\\s+", " ");
      boolean cut = statement.length() > SHOWN_LENGTH;
      return super.error(
          "Stopped at: " + (cut ? statement.substring(0, SHOWN_LENGTH) + " ..." : statement));
    }
    return super.error(message);
  }

  @Override
  public void handleException(Throwable failure) {
    if (failure instanceof SQLWarning warning) {
      super.error("Warning: " + warning.getMessage() + " (SQLState " + warning.getSQLState() + ")");
    } else if (failure instanceof SQLException sql) {
      error("Error: " + sql.getMessage() + " (SQLState " + sql.getSQLState() + ")");
    } else {
      String message = failure.getMessage();
      error("Error: " + (message == null ? failure.getClass().getName() : message));
    }
  }
}
