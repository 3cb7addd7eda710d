package dev.frazil.plan;

import dev.frazil.catalog.SchemaName;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.SqlToken;
import dev.frazil.plan.parser.SqlTokenizer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.Namespace;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of several levels that a statement names by one quoted name, {@code "sales.emea".deal}:
 * to JDBC they are one name, and clients quote it as a whole. A schema of one level that has the
 * name goes first.
 */
final class JoinedSchemaNames {
  private JoinedSchemaNames() {}

  /** The statement with the levels of such schemas apart; what follows moves a little. */
  static String apart(String sql, TableResolver tables) {
    if (!mayHold(sql)) {
      return sql;
    }
    List<SqlToken> tokens = SqlTokenizer.tokens(new SqlText(sql));
    StringBuilder text = new StringBuilder();
    int copied = 0;
    for (int i = 0; i + 1 < tokens.size(); i++) {
      SqlToken token = tokens.get(i);
      boolean isFirst = i == 0 || !tokens.get(i - 1).isSymbol(".");
      if (token.kind() == SqlToken.Kind.QUOTED
          && isJoined(token.value())
          && isFirst
          && tokens.get(i + 1).isSymbol(".")) {
        Namespace schema = find(token.value(), tables.schemas());
        if (schema != null) {
          text.append(sql, copied, token.start());
          text.append(levels(schema));
          copied = token.end();
        }
      }
    }
    return copied == 0 ? sql : text.append(sql, copied, sql.length()).toString();
  }

  /** Whether there is a dot behind quotes that hold a dot or a quote; reads the text once. */
  private static boolean mayHold(String sql) {
    int before = -1;
    for (int quote = sql.indexOf('"'); quote >= 0; quote = sql.indexOf('"', quote + 1)) {
      int behind = quote + 1;
      while (behind < sql.length() && Character.isWhitespace(sql.charAt(behind))) {
        behind++;
      }
      // Two quotes beside each other are one in the name.
      if (before >= 0
          && behind < sql.length()
          && sql.charAt(behind) == '.'
          && (before + 1 == quote || sql.substring(before, quote).indexOf('.') >= 0)) {
        return true;
      }
      before = quote;
    }
    return false;
  }

  private static boolean isJoined(String name) {
    return name.indexOf('.') >= 0 || name.indexOf('"') >= 0;
  }

  /** The schema of several levels, or of levels with dots, that has the text; null for none. */
  private static @Nullable Namespace find(String text, List<Namespace> schemas) {
    if (schemas.contains(Namespace.of(text))) {
      return null;
    }
    for (Namespace schema : schemas) {
      if (SchemaName.text(schema).equals(text)) {
        return schema;
      }
    }
    for (Namespace schema : schemas) {
      if (SchemaName.text(schema).equalsIgnoreCase(text)) {
        return schema;
      }
    }
    return null;
  }

  private static String levels(Namespace schema) {
    return Arrays.stream(schema.levels()).map(QueryText::quote).collect(Collectors.joining("."));
  }
}
