package dev.frazil.shell;

import java.sql.SQLException;
import java.sql.SQLWarning;
import sqlline.SqlLine;

/** sqlline that shows failures as a message with its SQLState, never as a stack trace. */
final class PlainSqlLine extends SqlLine {

  @Override
  public void handleException(Throwable failure) {
    if (failure instanceof SQLException sql) {
      String kind = sql instanceof SQLWarning ? "Warning: " : "Error: ";
      error(kind + sql.getMessage() + " (SQLState " + sql.getSQLState() + ")");
    } else {
      String message = failure.getMessage();
      error("Error: " + (message == null ? failure.getClass().getName() : message));
    }
  }
}
