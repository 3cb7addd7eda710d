package dev.frazil.plan;

import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.SelectList;
import dev.frazil.plan.parser.Slice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** INSERT ... SELECT: a bare {@code ?} among the items gets the type of its column. */
final class SelectItems {
  private SelectItems() {}

  /** Appends the query if there is such an item; else nothing, and gives false. */
  static boolean add(
      QueryText text, ParsedSql parsed, Slice query, TargetTable target, List<Integer> columns) {
    @Nullable SelectList list = SelectList.of(parsed, query);
    if (list == null
        || list.items().size() != columns.size()
        || list.items().stream().noneMatch(parsed::isParameter)) {
      return false;
    }
    text.addSlice(list.before());
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        text.add(",");
      }
      Slice item = list.items().get(i);
      @Nullable String type =
          TargetTable.castType(target.types().get(columns.get(i)), parsed, item);
      if (parsed.isParameter(item) && type != null) {
        text.add("CAST(").addSlice(item).add("AS " + type + ")");
      } else {
        text.addSlice(item);
      }
    }
    text.addSlice(list.after());
    return true;
  }
}
