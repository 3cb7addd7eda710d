package dev.frazil.catalog;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;

/**
 * A schema as one text: its levels with dots between them, such as {@code sales.emea}. A level that
 * holds a dot or a quote, or is empty, stands in double quotes, so that no two schemas share a
 * text.
 */
public final class SchemaName {
  private SchemaName() {}

  public static String text(Namespace schema) {
    StringBuilder text = new StringBuilder();
    for (String level : schema.levels()) {
      boolean plain = !level.isEmpty() && level.indexOf('.') < 0 && level.indexOf('"') < 0;
      text.append(text.isEmpty() ? "" : ".");
      text.append(plain ? level : '"' + level.replace("\"", "\"\"") + '"');
    }
    return text.toString();
  }

  /** The schema of a text; a quote that is not closed, or not at the start of a level, is text. */
  public static Namespace parse(String text) {
    List<String> levels = new ArrayList<>();
    int from = 0;
    while (from <= text.length()) {
      int end = endOfQuoted(text, from);
      if (end > 0) {
        levels.add(text.substring(from + 1, end - 1).replace("\"\"", "\""));
      } else {
        int dot = text.indexOf('.', from);
        end = dot < 0 ? text.length() : dot;
        levels.add(text.substring(from, end));
      }
      from = end + 1;
    }
    return Namespace.of(levels.toArray(new String[0]));
  }

  /** The end of a level in quotes, behind the last quote; 0 for none. */
  private static int endOfQuoted(String text, int from) {
    if (!text.startsWith("\"", from)) {
      return 0;
    }
    int at = from + 1;
    while (at < text.length()) {
      if (text.charAt(at) != '"') {
        at++;
      } else if (text.startsWith("\"\"", at)) {
        at += 2;
      } else {
        int behind = at + 1;
        return behind == text.length() || text.charAt(behind) == '.' ? behind : 0;
      }
    }
    return 0;
  }
}
