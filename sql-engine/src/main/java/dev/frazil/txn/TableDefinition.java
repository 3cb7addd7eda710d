package dev.frazil.txn;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.TableMetadata;

/** What a table is beside its rows, of two of its states compared. */
public final class TableDefinition {
  /** What the properties begin with that say which rows a table may hold. */
  private static final List<String> RULES =
      List.of("frazil.check.", "frazil.unique-keys", "frazil.primary-key.", "frazil.default.");

  private TableDefinition() {}

  /** Whether columns, partitioning, sort order, properties and format are the same. */
  static boolean isSame(TableMetadata one, TableMetadata other) {
    return one.currentSchemaId() == other.currentSchemaId()
        && one.lastColumnId() == other.lastColumnId()
        && one.defaultSpecId() == other.defaultSpecId()
        && one.lastAssignedPartitionId() == other.lastAssignedPartitionId()
        && one.defaultSortOrderId() == other.defaultSortOrderId()
        && one.formatVersion() == other.formatVersion()
        && one.properties().equals(other.properties());
  }

  /** As {@link #isSame}, and whether there are the same branches and tags. */
  static boolean isSameWithBranches(TableMetadata one, TableMetadata other) {
    return isSame(one, other) && one.refs().keySet().equals(other.refs().keySet());
  }

  /** Whether the same keys, checks and defaults hold, which writers keep. */
  public static boolean hasSameRules(TableMetadata one, TableMetadata other) {
    return rules(one).equals(rules(other));
  }

  private static Map<String, String> rules(TableMetadata metadata) {
    Map<String, String> rules = new HashMap<>(metadata.properties());
    rules.keySet().removeIf(key -> RULES.stream().noneMatch(key::startsWith));
    return rules;
  }

  /** Not by the id alone: what was rolled back leaves that to another schema. */
  static boolean hasSameColumns(TableMetadata one, TableMetadata other) {
    return one.currentSchemaId() == other.currentSchemaId()
        && one.schema().sameSchema(other.schema());
  }
}
