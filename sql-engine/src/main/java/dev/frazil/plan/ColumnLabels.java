package dev.frazil.plan;

import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.SelectList;
import dev.frazil.plan.parser.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a reader sees over a column that has no name: its expression, as it was written. A label
 * only: inside of the statement the column still has no name.
 */
final class ColumnLabels {
  private static final String NAMELESS = "EXPR$";
  private static final int MAX_LENGTH = 60;
  private static final Pattern PARTIAL_STAR =
      Pattern.compile(".*\\* (exclude|except|replace)\\b.*", Pattern.CASE_INSENSITIVE);

  private ColumnLabels() {}

  static List<ResultColumn> of(ParsedSql parsed, Slice query, List<ResultColumn> columns) {
    if (columns.stream().noneMatch(column -> column.label().startsWith(NAMELESS))) {
      return columns;
    }
    @Nullable SelectList list = SelectList.of(parsed, query);
    return list == null ? columns : ofItems(parsed, list.items(), columns);
  }

  /** As above, for the items themselves. */
  static List<ResultColumn> ofItems(
      ParsedSql parsed, List<Slice> items, List<ResultColumn> columns) {
    List<ResultColumn> labelled = new ArrayList<>(columns);
    // A star stands for any number of columns: those before it are counted from the left.
    for (int i = 0; i < items.size() && !isStar(parsed, items.get(i)); i++) {
      label(labelled, i, parsed, items.get(i));
    }
    for (int i = 1; i <= items.size() && !isStar(parsed, items.get(items.size() - i)); i++) {
      label(labelled, columns.size() - i, parsed, items.get(items.size() - i));
    }
    return labelled;
  }

  private static boolean isStar(ParsedSql parsed, Slice item) {
    String text = text(parsed, item);
    return text.endsWith("*") || PARTIAL_STAR.matcher(text).matches();
  }

  private static void label(List<ResultColumn> columns, int index, ParsedSql parsed, Slice item) {
    if (index < 0 || index >= columns.size()) {
      return;
    }
    ResultColumn column = columns.get(index);
    if (column.label().startsWith(NAMELESS)) {
      String text = text(parsed, item);
      columns.set(
          index,
          new ResultColumn(
              text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH - 3) + "..." : text,
              column.type(),
              column.nullable(),
              column.origin(),
              column.originColumn()));
    }
  }

  private static String text(ParsedSql parsed, Slice item) {
    int from = parsed.offset(item);
    int to = parsed.tokens().get(item.to() - 1).end();
    return parsed.source().text().substring(from, to).replaceAll("\\s+", " ");
  }
}
