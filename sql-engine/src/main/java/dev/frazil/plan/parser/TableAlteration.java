package dev.frazil.plan.parser;

import dev.frazil.plan.parser.ParsedStatement.CheckDefinition;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.TableName.Part;
import dev.frazil.type.SqlType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One change of ALTER TABLE, names unresolved. A column is a path: its name, then those of fields
 * inside of it; the element of a list is {@code element}, the value of a map {@code value}.
 */
public sealed interface TableAlteration {

  /**
   * Where a column goes among its siblings.
   *
   * @param sibling beside which it goes; null for none
   * @param before whether before that one, or before all
   */
  record Place(@Nullable Part sibling, boolean before) {}

  /** RENAME TO. */
  record RenameTable(TableName to) implements TableAlteration {}

  /** SET SCHEMA: RENAME TO the same name in another schema. */
  record SetSchema(TableName schema) implements TableAlteration {}

  /**
   * ADD COLUMN.
   *
   * @param path with the name of the new column last
   * @param place null for the last one
   */
  record AddColumn(
      TableName path, boolean ifNotExists, ColumnDefinition definition, @Nullable Place place)
      implements TableAlteration {}

  /**
   * DROP COLUMN.
   *
   * @param cascade whether constraints that use it go too
   */
  record DropColumn(TableName path, boolean ifExists, boolean cascade) implements TableAlteration {}

  /** RENAME COLUMN. */
  record RenameColumn(TableName path, Part to) implements TableAlteration {}

  /** ALTER COLUMN ... SET DATA TYPE. */
  record SetType(TableName path, SqlType type, int offset) implements TableAlteration {}

  /** ALTER COLUMN ... SET DEFAULT; {@code value} null for DROP DEFAULT. */
  record SetDefault(TableName path, @Nullable Slice value) implements TableAlteration {}

  /** ALTER COLUMN ... SET NOT NULL or DROP NOT NULL. */
  record SetNotNull(TableName path, boolean notNull) implements TableAlteration {}

  /** ALTER COLUMN ... COMMENT and COMMENT ON COLUMN; {@code comment} null for none. */
  record CommentColumn(TableName path, @Nullable String comment) implements TableAlteration {}

  /** ALTER COLUMN ... FIRST or AFTER. */
  record MoveColumn(TableName path, Place place) implements TableAlteration {}

  /** COMMENT ON TABLE; {@code comment} null for none. */
  record CommentTable(@Nullable String comment) implements TableAlteration {}

  /** SET TBLPROPERTIES and SET PROPERTIES. */
  record SetProperties(Map<String, String> properties) implements TableAlteration {
    public SetProperties {
      properties = Map.copyOf(properties);
    }
  }

  /** UNSET TBLPROPERTIES, and DEFAULT as the value of SET PROPERTIES. */
  record UnsetProperties(List<String> keys, boolean ifExists) implements TableAlteration {
    public UnsetProperties {
      keys = List.copyOf(keys);
    }
  }

  /** ADD PARTITION FIELD; {@code name} null for Iceberg's own. */
  record AddPartitionField(PartitionTransform field, @Nullable Part name)
      implements TableAlteration {}

  /** DROP PARTITION FIELD: a field as it was made, or its name as an identity field. */
  record DropPartitionField(PartitionTransform field) implements TableAlteration {}

  /** REPLACE PARTITION FIELD. */
  record ReplacePartitionField(
      PartitionTransform old, PartitionTransform field, @Nullable Part name)
      implements TableAlteration {}

  /** Trino's {@code SET PROPERTIES partitioning = ARRAY[...]}: all fields. */
  record SetPartitioning(List<PartitionTransform> fields) implements TableAlteration {
    public SetPartitioning {
      fields = List.copyOf(fields);
    }
  }

  /** A field of a sort order. */
  record OrderField(PartitionTransform field, boolean descending, boolean nullsFirst) {}

  /**
   * WRITE ORDERED BY and its like.
   *
   * @param order empty for none
   * @param distribution what {@code write.distribution-mode} becomes; null to leave it as it is
   */
  record SetWriteOrder(List<OrderField> order, @Nullable String distribution)
      implements TableAlteration {
    public SetWriteOrder {
      order = List.copyOf(order);
    }
  }

  /** SET IDENTIFIER FIELDS. */
  record SetIdentifierFields(List<Part> columns, int offset) implements TableAlteration {
    public SetIdentifierFields {
      columns = List.copyOf(columns);
    }
  }

  /** DROP IDENTIFIER FIELDS. */
  record DropIdentifierFields(List<Part> columns, int offset) implements TableAlteration {
    public DropIdentifierFields {
      columns = List.copyOf(columns);
    }
  }

  /** ADD PRIMARY KEY. */
  record AddPrimaryKey(List<Part> columns, boolean enforced, int offset)
      implements TableAlteration {
    public AddPrimaryKey {
      columns = List.copyOf(columns);
    }
  }

  /** ADD UNIQUE. */
  record AddUnique(List<Part> columns, int offset) implements TableAlteration {
    public AddUnique {
      columns = List.copyOf(columns);
    }
  }

  /** ADD CHECK. */
  record AddCheck(CheckDefinition check) implements TableAlteration {}

  /**
   * CREATE and REPLACE of a branch or tag; what is null is not said.
   *
   * @param branch whether it is one, and no tag
   */
  record SetReference(
      String name,
      boolean branch,
      Mode mode,
      @Nullable Long snapshotId,
      @Nullable Long maxRefAgeMillis,
      @Nullable Integer minSnapshots,
      @Nullable Long maxSnapshotAgeMillis,
      int offset)
      implements TableAlteration {
    /** Whether more is said than its name. */
    public boolean hasDetails() {
      return snapshotId != null
          || maxRefAgeMillis != null
          || minSnapshots != null
          || maxSnapshotAgeMillis != null;
    }

    /** What is done where it is there already. */
    public enum Mode {
      CREATE,
      CREATE_IF_NOT_EXISTS,
      CREATE_OR_REPLACE,
      REPLACE
    }
  }

  /** DROP of a branch or tag. */
  record DropReference(String name, boolean branch, boolean ifExists, int offset)
      implements TableAlteration {}

  /** DROP CONSTRAINT; {@code name} null for DROP PRIMARY KEY. */
  record DropConstraint(@Nullable Part name, boolean ifExists, int offset)
      implements TableAlteration {}
}
