package dev.frazil.plan;

import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.SqlToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * {@code OLD.c}, {@code NEW.c} and {@code merge_action()} in RETURNING (PostgreSQL 18). The query
 * over the written row gets a table more for each, whose columns have names that nobody else has,
 * so that a bare name stays what it is.
 */
final class RowVersions extends SqlShuttle {
  private static final String OLD = "$old";
  private static final String NEW = "$new";
  private static final String ACTION = "$action";
  private static final String MERGE_ACTION = "merge_action";

  private final ParsedSql parsed;
  private final TargetTable target;
  private final int offset;
  private final boolean ofMerge;

  private RowVersions(ParsedSql parsed, TargetTable target, int offset, boolean ofMerge) {
    this.parsed = parsed;
    this.target = target;
    this.offset = offset;
    this.ofMerge = ofMerge;
  }

  /** Null where the expressions name none of it, or a table is called so. */
  static @Nullable RowVersions of(
      ParsedSql parsed, Slice returning, TargetTable target, FurtherTables from) {
    boolean named = false;
    List<SqlToken> tokens = parsed.tokens();
    for (int i = returning.from(); i + 1 < returning.to(); i++) {
      SqlToken next = tokens.get(i + 1);
      named |= isVersion(tokens.get(i).value()) && next.isSymbol(".");
      named |= from.ofMerge() && tokens.get(i).is(MERGE_ACTION) && next.isSymbol("(");
    }
    Slice tables = from.tables();
    boolean taken =
        isVersion(from.alias())
            || (tables != null
                && (parsed.holdsKeyword(tables, "old") || parsed.holdsKeyword(tables, "new")));
    return named && !taken
        ? new RowVersions(parsed, target, parsed.offset(returning), from.ofMerge())
        : null;
  }

  private static boolean isVersion(String name) {
    return name.equalsIgnoreCase("old") || name.equalsIgnoreCase("new");
  }

  /** How many columns {@link #addTables} adds: those before, those after, the action. */
  int width() {
    return 2 * target.fields().size() + 1;
  }

  /** Whether a column of the result is one of the further tables, that a star brought. */
  static boolean isHidden(String label) {
    return label.startsWith(OLD) || label.startsWith(NEW) || label.equals(ACTION);
  }

  void addTables(QueryText text, String written) {
    for (String version : new String[] {OLD, NEW}) {
      String separator = ", (SELECT";
      for (Types.NestedField field : target.fields()) {
        text.add(separator).addName(field.name()).add("AS").addName(version + " " + field.name());
        separator = ",";
      }
      text.add("FROM").addName(written).add(") AS").addName(version);
    }
    text.add(", (SELECT CAST('' AS varchar) AS").addName(ACTION).add(") AS").addName(ACTION);
  }

  /** The query with its names resolved to those tables. */
  SqlNode rewrite(SqlNode query) {
    SqlSelect select = (SqlSelect) query;
    SqlNodeList items = new SqlNodeList(select.getSelectList().getParserPosition());
    for (SqlNode item : select.getSelectList()) {
      if (item instanceof SqlIdentifier name && name.isStar() && isVersioned(name)) {
        for (Types.NestedField field : target.fields()) {
          SqlIdentifier column =
              column(name.names.get(0), field.name(), List.of(), name.getParserPosition());
          items.add(as(column, field.name()));
        }
      } else if (item instanceof SqlIdentifier name && isVersioned(name)) {
        items.add(
            as(Objects.requireNonNull(name.accept(this)), name.names.get(name.names.size() - 1)));
      } else if (item instanceof SqlCall call && isAction(call)) {
        items.add(as(Objects.requireNonNull(call.accept(this)), MERGE_ACTION));
      } else {
        items.add(Objects.requireNonNull(item.accept(this)));
      }
    }
    select.setSelectList(items);
    return select;
  }

  private static SqlNode as(SqlNode value, String label) {
    SqlParserPos position = value.getParserPosition();
    return SqlStdOperatorTable.AS.createCall(position, value, new SqlIdentifier(label, position));
  }

  private static boolean isVersioned(SqlIdentifier name) {
    return name.names.size() > 1 && isVersion(name.names.get(0));
  }

  private boolean isAction(SqlCall call) {
    return ofMerge
        && call.operandCount() == 0
        && call.getOperator().getName().equalsIgnoreCase(MERGE_ACTION);
  }

  @Override
  public SqlNode visit(SqlIdentifier name) {
    if (!isVersioned(name) || name.isStar()) {
      return name;
    }
    int column = target.column(name.names.get(1), parsed.source(), offset);
    return column(
        name.names.get(0),
        target.fields().get(column).name(),
        name.names.subList(2, name.names.size()),
        name.getParserPosition());
  }

  private static SqlIdentifier column(
      String version, String column, List<String> path, SqlParserPos position) {
    String table = version.equalsIgnoreCase("old") ? OLD : NEW;
    List<String> names = new ArrayList<>(List.of(table, table + " " + column));
    names.addAll(path);
    return new SqlIdentifier(names, position);
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    return isAction(call)
        ? new SqlIdentifier(List.of(ACTION, ACTION), call.getParserPosition())
        : super.visit(call);
  }
}
