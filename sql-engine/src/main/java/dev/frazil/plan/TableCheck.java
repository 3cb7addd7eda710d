package dev.frazil.plan;

import org.apache.iceberg.Table;

/**
 * A CHECK constraint of a table, stored as a property of it: rows for which the condition is false
 * are refused, those for which it is unknown are not (ISO 9075-2, 4.20.3). Other writers do not
 * know of it.
 *
 * @param text the condition as it was written
 * @param condition over the columns of the table, in order
 */
public record TableCheck(String name, String text, ScalarExpression condition) {
  /** What the properties of constraints begin with; the name follows. */
  static final String PREFIX = "frazil.check.";

  /** Whether a table has any. */
  public static boolean guards(Table table) {
    return table.properties().keySet().stream().anyMatch(key -> key.startsWith(PREFIX));
  }
}
