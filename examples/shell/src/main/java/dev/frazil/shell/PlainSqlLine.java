package dev.frazil.shell;

import java.sql.SQLException;
import java.sql.SQLWarning;
import sqlline.SqlLine;

/** sqlline that shows failures as a message with its SQLState, never as a stack trace. */
final class PlainSqlLine extends SqlLine {
  private boolean failed;

  /**
   * Whether anything but a warning was shown: sqlline forgets it when another statement follows.
   */
  boolean failed() {
    return failed;
  }

  @Override
  public void handleException(Throwable failure) {
    failed |= !(failure instanceof SQLWarning);
    if (failure instanceof SQLException sql) {
      String kind = sql instanceof SQLWarning ? "Warning: " : "Error: ";
      error(kind + sql.getMessage() + " (SQLState " + sql.getSQLState() + ")");
    } else {
      String message = failure.getMessage();
      error("Error: " + (message == null ? failure.getClass().getName() : message));
    }
  }
}
