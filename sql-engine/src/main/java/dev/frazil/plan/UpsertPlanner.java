package dev.frazil.plan;

import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement.RowAction;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement.Insert;
import dev.frazil.plan.parser.ParsedStatement.OnConflict;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.ValueRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.jspecify.annotations.Nullable;

/**
 * INSERT ... ON CONFLICT as a query: the rows to insert, joined with the rows of the target that
 * have their key. What the join looked for is what the statement read, so that a transaction that
 * inserts the same key meanwhile is in its way.
 */
final class UpsertPlanner {
  /** The name of the rows that were to be inserted. */
  private static final String EXCLUDED = "excluded";

  private static final String ROWS = "$rows";
  private static final String NUMBER = "$number";
  private static final String OCCURRENCE = "$occurrence";

  /** So many keys of VALUES are told to the scan of the target, to read only their files. */
  private static final int MAX_LISTED_KEYS = 200;

  private final StatementContext context;
  private final ParsedSql parsed;
  private final RowChangePlanner changes;

  UpsertPlanner(StatementContext context) {
    this.context = context;
    this.parsed = context.parsed();
    this.changes = new RowChangePlanner(context);
  }

  PlannedStatement plan(Insert insert, OnConflict conflict) {
    TargetTable target = changes.target(insert.target());
    List<Integer> key = key(conflict, target);
    List<Integer> columns =
        insert.source() == null
            ? List.of()
            : insert.byName()
                ? namesakes(insert.source(), target)
                : insert.columns() == null
                    ? target.allColumns()
                    : target.columns(insert.columns(), parsed.source(), insert.target().offset());
    Source source = new Source(insert.source(), target, columns);
    QueryText text = parsed.newQuery();
    addSelection(text, insert.alias(), conflict, target, source);
    text.add("FROM (");
    addNumbered(text, key, source);
    text.add(") AS").addName(EXCLUDED);
    text.add("LEFT JOIN").addName(RowChangePlanner.TARGET).add("AS").addName(insert.alias());
    String and = "ON";
    for (int column : key) {
      String name = target.fields().get(column).name();
      text.add(and);
      RowChangePlanner.addColumn(text, insert.alias(), name);
      text.add("=");
      RowChangePlanner.addColumn(text, EXCLUDED, name);
      addListedKeys(text, insert.alias(), column, source);
      and = "AND";
    }
    return changes.upsert(text, target, insert.alias());
  }

  /** BY NAME: the source is planned once more, for the names of its columns. */
  private List<Integer> namesakes(Slice source, TargetTable target) {
    QueryPlanner.Unoptimized query =
        new QueryPlanner(context)
            .translate(InsertPlanner.addQuery(parsed.newQuery(), parsed, source));
    List<Integer> columns = InsertPlanner.namesakes(query, target, parsed, source);
    Assignments.check(query.node().columns(), target, columns);
    return columns;
  }

  /** The columns of the primary key; 42P10 where the statement names others. */
  private List<Integer> key(OnConflict conflict, TargetTable target) {
    Schema schema = target.handle().table().schema();
    Set<String> declared = new TreeSet<>(schema.identifierFieldNames());
    List<Integer> key = new ArrayList<>();
    for (int i = 0; i < target.fields().size(); i++) {
      if (declared.contains(target.fields().get(i).name())) {
        key.add(i);
      }
    }
    List<Integer> named = target.columns(conflict.key(), parsed.source(), conflict.offset());
    boolean fits = named.isEmpty() || new HashSet<>(named).equals(new HashSet<>(key));
    if (key.isEmpty() || key.size() != declared.size() || !fits) {
      throw new EngineException(
          SqlState.INVALID_COLUMN_REFERENCE,
          "ON CONFLICT needs the columns of the primary key of table "
              + TableBranch.text(target.handle().identifier())
              + (declared.isEmpty() ? ", which has none" : ": " + String.join(", ", declared))
              + " ("
              + parsed.source().position(conflict.offset())
              + ")");
    }
    return key;
  }

  /** What is to be inserted; {@code rows} null for a query, or for DEFAULT VALUES. */
  private final class Source {
    private final @Nullable Slice slice;
    private final TargetTable target;
    private final List<Integer> columns;
    private final @Nullable ValueRows rows;

    Source(@Nullable Slice slice, TargetTable target, List<Integer> columns) {
      this.slice = slice;
      this.target = target;
      this.columns = columns;
      this.rows = slice == null ? null : ValueRows.of(parsed, slice);
    }

    /** Whether it is one row, which repeats no key. */
    boolean isSingle() {
      return slice == null || (rows != null && rows.rows().size() == 1);
    }

    boolean isNumbered() {
      return rows != null && !isSingle();
    }
  }

  private void addSelection(
      QueryText text, String alias, OnConflict conflict, TargetTable target, Source source) {
    RowAction repeated = conflict.assignments() == null ? RowAction.NONE : RowAction.REPEATED;
    text.add("SELECT CASE WHEN");
    RowChangePlanner.addColumn(text, alias, CatalogTable.POSITION_COLUMN);
    text.add("IS NULL THEN");
    if (!source.isSingle()) {
      text.add("CASE WHEN");
      RowChangePlanner.addColumn(text, EXCLUDED, OCCURRENCE);
      text.add("> 1 THEN " + RowChangePlanner.code(repeated) + " ELSE");
    }
    text.add(RowChangePlanner.code(RowAction.INSERT) + (source.isSingle() ? "" : " END"));
    Map<Integer, AssignedValues.Value> assigned = Map.of();
    if (conflict.assignments() != null) {
      assigned = new AssignedValues(parsed, target, alias).of(conflict.assignments());
      text.add("WHEN");
      if (conflict.where() == null) {
        text.add("TRUE");
      } else {
        text.add("(").addSlice(conflict.where()).add(")");
      }
      text.add("THEN " + RowChangePlanner.code(RowAction.UPDATE));
    }
    text.add("ELSE " + RowChangePlanner.code(RowAction.NONE) + " END");
    RowChangePlanner.addAddress(text, alias, target);
    for (int i = 0; i < target.fields().size(); i++) {
      String name = target.fields().get(i).name();
      text.add(", CASE WHEN");
      RowChangePlanner.addColumn(text, alias, CatalogTable.POSITION_COLUMN);
      text.add("IS NULL THEN");
      RowChangePlanner.addColumn(text, EXCLUDED, name);
      text.add("ELSE");
      AssignedValues.Value value = assigned.get(i);
      if (value == null) {
        RowChangePlanner.addColumn(text, alias, name);
      } else {
        value.addTo(text);
      }
      text.add("END");
    }
  }

  /** The rows, and the how manieth of its key each is. */
  private void addNumbered(QueryText text, List<Integer> key, Source source) {
    if (source.isSingle()) {
      addComplete(text, source);
      return;
    }
    text.add("SELECT *, ROW_NUMBER() OVER (PARTITION BY");
    String separator = "";
    for (int column : key) {
      text.add(separator).addName(source.target.fields().get(column).name());
      separator = ",";
    }
    if (source.isNumbered()) {
      text.add("ORDER BY").addName(NUMBER);
    }
    text.add(") AS").addName(OCCURRENCE).add("FROM (");
    addComplete(text, source);
    text.add(") AS").addName("$complete");
  }

  /** All columns of the target, defaults for those that are not given. */
  private void addComplete(QueryText text, Source source) {
    TargetTable target = source.target;
    String separator = "SELECT";
    for (int i = 0; i < target.fields().size(); i++) {
      String name = target.fields().get(i).name();
      @Nullable String castType = TargetTable.castType(target.types().get(i));
      text.add(separator);
      if (!source.columns.contains(i)) {
        DefaultValues.addTo(text, target, i);
      } else if (castType == null || source.rows != null) {
        RowChangePlanner.addColumn(text, ROWS, name);
      } else {
        text.add("CAST(");
        RowChangePlanner.addColumn(text, ROWS, name);
        text.add("AS " + castType + ")");
      }
      text.add("AS").addName(name);
      separator = ",";
    }
    if (source.isNumbered()) {
      text.add(",").addName(NUMBER);
    }
    Slice slice = source.slice;
    if (slice == null) {
      return;
    }
    text.add("FROM (");
    if (source.rows != null) {
      InsertPlanner.values(source.rows, text, parsed, target, source.columns, source.isNumbered());
    } else if (!SelectItems.add(text, parsed, slice, target, source.columns)) {
      text.addSlice(slice);
    }
    text.add(") AS").addName(ROWS).add("(");
    separator = "";
    for (int column : source.columns) {
      text.add(separator).addName(target.fields().get(column).name());
      separator = ",";
    }
    if (source.isNumbered()) {
      text.add(",").addName(NUMBER);
    }
    text.add(")");
  }

  /** The keys of VALUES once more, as constants that the scan of the target can use. */
  private void addListedKeys(QueryText text, String alias, int column, Source source) {
    ValueRows rows = source.rows;
    int index = source.columns.indexOf(column);
    @Nullable String castType = TargetTable.castType(source.target.types().get(column));
    if (rows == null || index < 0 || castType == null || rows.rows().size() > MAX_LISTED_KEYS) {
      return;
    }
    for (List<Slice> row : rows.rows()) {
      if (!parsed.isConstant(row.get(index))) {
        return;
      }
    }
    text.add("AND");
    RowChangePlanner.addColumn(text, alias, source.target.fields().get(column).name());
    String separator = "IN (";
    for (List<Slice> row : rows.rows()) {
      text.add(separator + "CAST(").addSlice(row.get(index)).add("AS " + castType + ")");
      separator = ",";
    }
    text.add(")");
  }
}
