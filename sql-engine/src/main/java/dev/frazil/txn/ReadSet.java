package dev.frazil.txn;

import dev.frazil.catalog.DatabaseRoot;
import dev.frazil.catalog.RootChange;
import dev.frazil.catalog.TablePointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;

/**
 * What the statements of one transaction relied on: rows of tables, names of tables and schemas
 * that are there or not, the list of all of them. One thread at a time.
 */
final class ReadSet {
  private final boolean rowsCount;
  private final boolean namesCount;
  private final Map<TableIdentifier, List<Expression>> rows = new HashMap<>();
  private final Set<TableIdentifier> names = new LinkedHashSet<>();
  private final Set<Namespace> schemas = new LinkedHashSet<>();
  private final Map<TableIdentifier, String> views = new LinkedHashMap<>();
  private final Map<TableIdentifier, Set<TravelPoint>> points = new LinkedHashMap<>();
  private boolean listed;

  /** Under SNAPSHOT only {@link #keys} count. */
  ReadSet(IsolationLevel isolation, Set<ConflictRule> disabledRules) {
    this.rowsCount = isolation == IsolationLevel.SERIALIZABLE;
    this.namesCount = rowsCount && !disabledRules.contains(ConflictRule.NAMES);
  }

  void rows(TableIdentifier table, Expression filter) {
    if (rowsCount) {
      keys(table, filter);
    }
  }

  /** At every level. */
  void keys(TableIdentifier table, Expression filter) {
    rows.computeIfAbsent(table, unused -> new ArrayList<>()).add(filter);
  }

  /** What a table's history was read by. */
  void point(TableIdentifier table, TravelPoint point) {
    if (namesCount) {
      points.computeIfAbsent(table, unused -> new LinkedHashSet<>()).add(point);
    }
  }

  /** The tables of which {@link #rows} or points were read, or their branches. */
  Set<TableIdentifier> tables() {
    Set<TableIdentifier> tables = new LinkedHashSet<>(rows.keySet());
    tables.addAll(points.keySet());
    return tables;
  }

  /** 40001 where a name in the history of a table came to mean another snapshot. */
  void requireSamePoints(TableIdentifier table, TableMetadata from, TableMetadata to) {
    for (TravelPoint point : points.getOrDefault(table, Set.of())) {
      if (!Objects.equals(point.snapshotId(from), point.snapshotId(to))) {
        throw ConflictValidator.conflict(table, point + " is another one now");
      }
    }
  }

  void name(TableIdentifier table) {
    if (namesCount) {
      names.add(table);
    }
  }

  void name(Namespace schema) {
    if (namesCount) {
      schemas.add(schema);
    }
  }

  /** The definition of a view, which is that of a metadata file. */
  void view(TableIdentifier view, String metadataLocation) {
    if (namesCount) {
      views.put(view, metadataLocation);
    }
  }

  void listing() {
    listed |= namesCount;
  }

  /** Conditions on the rows of each table that was read. */
  Map<TableIdentifier, List<Expression>> rows() {
    return rows;
  }

  /** What must be in the root, of names, as it was in the root that was read. */
  List<RootChange> names(DatabaseRoot read) {
    List<RootChange> required = new ArrayList<>();
    for (TableIdentifier name : names) {
      String uuid = read.pointer(name).map(TablePointer::uuid).orElse(null);
      required.add(new RootChange.Named(name, uuid));
    }
    views.forEach((view, location) -> required.add(new RootChange.Unmoved(view, location)));
    for (Namespace schema : schemas) {
      required.add(new RootChange.NamedSchema(schema, read.namespaces().containsKey(schema)));
    }
    if (listed) {
      required.add(RootChange.Listed.of(read));
    }
    return required;
  }
}
