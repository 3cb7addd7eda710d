package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement.RowChange.Command;
import java.util.Locale;
import org.apache.iceberg.RowLevelOperationMode;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableUtil;

/**
 * How a statement takes rows out of data files: by new files without them, by delete files beside
 * them, or by whichever costs less for each file. See {@code docs/adr/rewrite-or-mark-by-cost.md}.
 *
 * @param reason why, for EXPLAIN
 */
public record RowChangeMode(Kind kind, String reason) {

  /** The alternatives. */
  public enum Kind {
    COPY_ON_WRITE,
    MERGE_ON_READ,
    BY_COST
  }

  /**
   * What the table says of the command, if anything.
   *
   * @throws EngineException 22023 for a property whose value is no mode
   */
  public static RowChangeMode of(Table table, Command command) {
    if (TableUtil.formatVersion(table) == 1) {
      return new RowChangeMode(Kind.COPY_ON_WRITE, "format version 1 has no delete files");
    }
    String property =
        switch (command) {
          case DELETE -> TableProperties.DELETE_MODE;
          case UPDATE -> TableProperties.UPDATE_MODE;
          case MERGE -> TableProperties.MERGE_MODE;
        };
    String mode = table.properties().get(property);
    if (mode == null) {
      return new RowChangeMode(Kind.BY_COST, property + " is not set");
    }
    String reason = property + " = " + mode;
    return switch (mode.toLowerCase(Locale.ROOT)) {
      case "copy-on-write" -> new RowChangeMode(Kind.COPY_ON_WRITE, reason);
      case "merge-on-read" -> new RowChangeMode(Kind.MERGE_ON_READ, reason);
      default ->
          throw new EngineException(
              SqlState.INVALID_PARAMETER_VALUE,
              "table property "
                  + reason
                  + " of table "
                  + table.name()
                  + " is none of "
                  + RowLevelOperationMode.COPY_ON_WRITE.modeName()
                  + ", "
                  + RowLevelOperationMode.MERGE_ON_READ.modeName());
    };
  }

  /** As EXPLAIN shows it. */
  String text() {
    return switch (kind) {
      case COPY_ON_WRITE -> "copy-on-write: " + reason;
      case MERGE_ON_READ -> "merge-on-read: " + reason;
      case BY_COST -> "by cost of each file: " + reason;
    };
  }
}
