package dev.frazil.plan;

import dev.frazil.error.EngineException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Puts the definition of a named window in the place of its name in {@code OVER (name ROWS ...)}:
 * Calcite forgets the frame of a window that refers to another one. What the standard forbids is
 * left to Calcite, which says so.
 */
final class NamedWindows {
  /** Functions that look at the partition, whatever the frame. */
  private static final Set<String> UNFRAMED =
      Set.of(
          "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "ntile", "lag", "lead");

  private final Deque<SqlNodeList> scopes = new ArrayDeque<>();

  void enter(SqlSelect select) {
    scopes.push(select.getWindowList());
  }

  void leave() {
    scopes.pop();
  }

  /** The window without a reference, if it has one that can be resolved. */
  SqlWindow resolve(SqlWindow window) {
    SqlWindow resolved = window;
    for (int depth = 0; resolved.getRefName() != null; depth++) {
      SqlWindow referred = find(resolved.getRefName().getSimple());
      boolean bothOrdered =
          referred != null
              && !resolved.getOrderList().isEmpty()
              && !referred.getOrderList().isEmpty();
      if (referred == null
          || bothOrdered
          || !resolved.getPartitionList().isEmpty()
          || referred.getLowerBound() != null
          || referred.getUpperBound() != null) {
        return resolved;
      }
      if (depth > 100) {
        throw EngineException.unsupported("a window that is defined by itself");
      }
      resolved = merged(resolved, referred);
    }
    return resolved;
  }

  /** The same call over a window without a frame, which PostgreSQL does not heed for a rank. */
  SqlCall withoutFrame(SqlCall over) {
    SqlNode function = over.operand(0);
    if (!(function instanceof SqlCall call)
        || !UNFRAMED.contains(call.getOperator().getName().toLowerCase(Locale.ROOT))) {
      return over;
    }
    SqlNode named = over.operand(1);
    SqlWindow window =
        named instanceof SqlIdentifier name && name.isSimple()
            ? find(name.getSimple())
            : named instanceof SqlWindow own ? own : null;
    if (window == null || (window.getLowerBound() == null && window.getUpperBound() == null)) {
      return over;
    }
    SqlParserPos position = window.getParserPosition();
    SqlWindow bare =
        new SqlWindow(
            position,
            null,
            window.getRefName(),
            (SqlNodeList) SelectCopies.of(window.getPartitionList()),
            (SqlNodeList) SelectCopies.of(window.getOrderList()),
            SqlLiteral.createBoolean(false, position),
            null,
            null,
            null,
            SqlWindow.createExcludeNoOthers(position));
    return over.getOperator().createCall(over.getParserPosition(), function, bare);
  }

  private static SqlWindow merged(SqlWindow window, SqlWindow referred) {
    SqlNode lower = window.getLowerBound();
    SqlNode upper = window.getUpperBound();
    return new SqlWindow(
        window.getParserPosition(),
        window.getDeclName(),
        referred.getRefName(),
        referred.getPartitionList(),
        window.getOrderList().isEmpty() ? referred.getOrderList() : window.getOrderList(),
        SqlLiteral.createBoolean(window.isRows(), SqlParserPos.ZERO),
        lower,
        upper,
        null,
        window.getExclude());
  }

  private @Nullable SqlWindow find(String name) {
    for (SqlNodeList scope : scopes) {
      for (SqlNode node : scope) {
        if (node instanceof SqlWindow window
            && window.getDeclName() != null
            && window.getDeclName().getSimple().equalsIgnoreCase(name)) {
          return window;
        }
      }
    }
    return null;
  }
}
