package dev.frazil.plan;

import dev.frazil.catalog.FrozenTableOperations;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.QueryText;
import dev.frazil.plan.parser.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A table that is altered, as it is before the alteration.
 *
 * @param paths finds its columns
 */
record AlteredTable(TableIdentifier identifier, Table table, ColumnPath paths) {
  /** Its name in queries about its rows, which no column can be mistaken for. */
  static final String ALIAS = "$altered";

  /** The table as SQL names it. */
  String text() {
    return text(identifier);
  }

  /** A table as SQL names it. */
  static String text(TableIdentifier identifier) {
    return Arrays.stream(identifier.namespace().levels())
            .map(QueryText::quote)
            .collect(Collectors.joining("."))
        + "."
        + QueryText.quote(identifier.name());
  }

  static String quoted(String name) {
    return QueryText.quote(name);
  }

  /** A column, or a field of a row, in a query of {@link #require}. */
  static String reference(List<String> path) {
    return QueryText.quote(ALIAS)
        + "."
        + path.stream().map(QueryText::quote).collect(Collectors.joining("."));
  }

  /**
   * That no row exists which a condition finds.
   *
   * @param condition over {@link #reference}; empty for any row
   */
  TableChange.Require require(String condition, SqlState state, String problem) {
    return requireNone(ALIAS, condition.isEmpty() ? "" : " WHERE " + condition, state, problem);
  }

  /**
   * As above, of the rows of every branch.
   *
   * @param alias of the table
   * @param behind what stands behind it
   */
  TableChange.Require requireNone(String alias, String behind, SqlState state, String problem) {
    List<String> queries = new ArrayList<>();
    for (String branch : branches()) {
      boolean isMain = branch.equals(SnapshotRef.MAIN_BRANCH);
      queries.add(query(isMain ? "" : " @ " + QueryText.quote(branch), alias, behind));
    }
    return new TableChange.Require(
        String.join(" UNION ALL ", queries), state, "table " + identifier + ": " + problem);
  }

  /** The branches, first {@code main}, which a table without rows has too. */
  List<String> branches() {
    List<String> branches = new ArrayList<>();
    branches.add(SnapshotRef.MAIN_BRANCH);
    new TreeMap<>(table.refs())
        .forEach(
            (name, ref) -> {
              if (ref.isBranch() && !name.equals(SnapshotRef.MAIN_BRANCH)) {
                branches.add(name);
              }
            });
    return branches;
  }

  private String query(String branch, String alias, String behind) {
    return "(SELECT 1 FROM "
        + text()
        + branch
        + " AS "
        + QueryText.quote(alias)
        + behind
        + "\nLIMIT 1)";
  }

  /**
   * That a field has a value in all rows, from now on too.
   *
   * @param path its name, and those of the rows that it lies in before it
   */
  List<TableChange> requireColumn(List<String> path, String fullName) {
    StringBuilder condition = new StringBuilder();
    for (int i = 1; i < path.size(); i++) {
      condition.append(reference(path.subList(0, i))).append(" IS NOT NULL AND ");
    }
    condition.append(reference(path)).append(" IS NULL");
    List<TableChange> changes = new ArrayList<>();
    changes.add(
        require(
            condition.toString(),
            SqlState.NOT_NULL_VIOLATION,
            "the column '" + fullName + "' would be NOT NULL, but a row has null there"));
    changes.add(new TableChange.InFiles(fullName));
    changes.add(
        new TableChange.Update(
            now -> now.updateSchema().allowIncompatibleChanges().requireColumn(fullName)));
    return changes;
  }

  /** Rows of other branches have the columns of the table, but are not looked at. */
  void requireNoBranches(String construct, SqlText source, int offset) {
    for (Map.Entry<String, SnapshotRef> ref : table.refs().entrySet()) {
      if (ref.getValue().isBranch() && !ref.getKey().equals(SnapshotRef.MAIN_BRANCH)) {
        throw source.unsupported(
            offset, construct + " of a table with another branch (" + ref.getKey() + ")");
      }
    }
  }

  /** The table with other columns and properties, under another name. */
  TableHandle with(TableIdentifier name, Schema schema, Map<String, String> properties) {
    TableMetadata metadata =
        ((HasTableOperations) table)
            .operations()
            .current()
            .updateSchema(schema)
            .replaceProperties(properties);
    return CatalogSchema.current(
        name, new BaseTable(new FrozenTableOperations(table.io(), metadata), name.toString()));
  }
}
