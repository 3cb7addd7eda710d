package dev.frazil.plan;

import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelDistribution;
import org.apache.calcite.rel.RelDistributions;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelReferentialConstraint;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.schema.ColumnStrategy;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlAccessType;
import org.apache.calcite.sql.validate.SqlModality;
import org.apache.calcite.sql.validate.SqlMonotonicity;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** A table of the database as Calcite sees it. One per name and statement. */
final class CatalogTable extends AbstractTable {
  /** The hidden column with the location of the data file. */
  static final String FILE_COLUMN = "_file";

  /** The hidden column with the row's position in its data file. */
  static final String POSITION_COLUMN = "_pos";

  /** The hidden column with the row's id, in tables of version 3; no table has such a name. */
  static final String ROW_ID_COLUMN = "$row_id";

  /** Nobody asks: the tree of its query takes the place of a view. */
  private static final double VIEW_ROWS = 1_000;

  private final @Nullable TableHandle handle;
  private final @Nullable CatalogRows rows;
  private final @Nullable ChangeScan changes;
  private final @Nullable Function<RelOptCluster, RelNode> query;
  private final List<ScanColumn> scanColumns;
  private final int visibleColumns;
  private final RelDataType rowType;
  private @Nullable Set<String> namesThatDifferInCase;
  private final Reference reference;

  /**
   * @param name the path by which Calcite finds it
   * @param withRowAddress whether {@code _file}, {@code _pos} and in version 3 the row's id follow
   *     the columns of the table
   * @param metadataColumns the metadata columns that the statement names
   */
  CatalogTable(
      List<String> name,
      TableHandle handle,
      boolean withRowAddress,
      Set<String> metadataColumns,
      RelDataTypeFactory factory,
      RelOptSchema schema,
      double estimatedRows) {
    this.handle = handle;
    this.rows = null;
    this.changes = null;
    this.query = null;
    List<ScanColumn> columns = scanColumns(handle, withRowAddress);
    this.visibleColumns = columns.size();
    if (!withRowAddress && !MetadataScan.isMetadata(handle.table())) {
      columns.addAll(MetadataColumns.of(handle.table(), metadataColumns));
    }
    this.scanColumns = columns;
    this.rowType = rowType(scanColumns.stream().map(ScanColumn::column).toList(), factory);
    this.reference = new Reference(this, name, schema, estimatedRows);
  }

  /**
   * A table of constant rows.
   *
   * @param name the path by which Calcite finds it
   */
  CatalogTable(
      List<String> name, CatalogRows rows, RelDataTypeFactory factory, RelOptSchema schema) {
    this.handle = null;
    this.rows = rows;
    this.changes = null;
    this.query = null;
    this.scanColumns = List.of();
    this.visibleColumns = rows.columns().size();
    this.rowType = rowType(rows.columns(), factory);
    this.reference = new Reference(this, name, schema, rows.rows().size());
  }

  /**
   * A view.
   *
   * @param name the path by which Calcite finds it
   * @param query gives its rows, with the columns of the row type; anew each time
   */
  CatalogTable(
      List<String> name,
      RelDataType rowType,
      Function<RelOptCluster, RelNode> query,
      RelOptSchema schema) {
    this.handle = null;
    this.rows = null;
    this.query = query;
    this.changes = null;
    this.scanColumns = List.of();
    this.visibleColumns = rowType.getFieldCount();
    this.rowType = rowType;
    this.reference = new Reference(this, name, schema, VIEW_ROWS);
  }

  /** What became of the rows of a table. */
  CatalogTable(
      List<String> name, ChangeScan changes, RelDataTypeFactory factory, RelOptSchema schema) {
    this.handle = changes.table();
    this.rows = null;
    this.changes = changes;
    this.query = null;
    this.scanColumns = List.of();
    this.visibleColumns = changes.columns().size();
    this.rowType = rowType(changes.columns(), factory);
    this.reference = new Reference(this, name, schema, changes.estimate(List.of()));
  }

  private static RelDataType rowType(List<Column> columns, RelDataTypeFactory factory) {
    RelDataTypeFactory.Builder builder = factory.builder();
    for (Column column : columns) {
      builder.add(column.name(), CalciteTypes.toCalcite(column.type(), column.nullable(), factory));
    }
    return builder.build();
  }

  private static List<ScanColumn> scanColumns(TableHandle handle, boolean withRowAddress) {
    List<ScanColumn> columns = new ArrayList<>();
    for (Types.NestedField field : handle.schema().columns()) {
      columns.add(
          new ScanColumn.TableColumn(
              field.fieldId(),
              new Column(field.name(), TypeMapping.toSql(field.type()), field.isOptional())));
    }
    if (withRowAddress) {
      columns.add(new ScanColumn.FileLocation(new Column(FILE_COLUMN, Primitive.VARCHAR, false)));
      columns.add(new ScanColumn.RowPosition(new Column(POSITION_COLUMN, Primitive.BIGINT, false)));
      if (MetadataColumns.hasRowLineage(handle.table())) {
        columns.add(new ScanColumn.RowId(new Column(ROW_ID_COLUMN, Primitive.BIGINT, true)));
      }
    }
    return columns;
  }

  /** Null for constant rows and views. */
  @Nullable TableHandle handle() {
    return handle;
  }

  /** The constant rows, or null for a table that is stored and a view. */
  @Nullable CatalogRows rows() {
    return rows;
  }

  /** The changes, or null for a table. */
  @Nullable ChangeScan changes() {
    return changes;
  }

  /** Whether a star leaves the column out. */
  boolean isHidden(String column) {
    return rowType.getFieldNames().indexOf(column) >= visibleColumns;
  }

  /** The names that several columns, or several fields of a row, have but for their case. */
  Set<String> namesThatDifferInCase() {
    Set<String> known = namesThatDifferInCase;
    if (known == null) {
      known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      addNamesThatDifferInCase(rowType, known);
      namesThatDifferInCase = known;
    }
    return known;
  }

  private static void addNamesThatDifferInCase(RelDataType type, Set<String> differing) {
    if (type.isStruct()) {
      Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      for (RelDataTypeField field : type.getFieldList()) {
        if (!names.add(field.getName())) {
          differing.add(field.getName());
        }
        addNamesThatDifferInCase(field.getType(), differing);
      }
    } else {
      for (RelDataType part :
          Arrays.asList(type.getComponentType(), type.getKeyType(), type.getValueType())) {
        if (part != null) {
          addNamesThatDifferInCase(part, differing);
        }
      }
    }
  }

  /** The names of the columns. */
  List<String> columnNames() {
    return rowType.getFieldNames();
  }

  /** What a scan of all columns yields. */
  List<ScanColumn> scanColumns() {
    return scanColumns;
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return rowType;
  }

  @Override
  public <C> @Nullable C unwrap(Class<C> wanted) {
    if (wanted.isInstance(reference)) {
      return wanted.cast(reference);
    }
    return super.unwrap(wanted);
  }

  /** The table in a query. */
  private static final class Reference extends Prepare.AbstractPreparingTable {
    private final CatalogTable table;
    private final RelOptSchema schema;
    private final double estimatedRows;
    private final List<String> qualifiedName;

    Reference(CatalogTable table, List<String> name, RelOptSchema schema, double estimatedRows) {
      this.table = table;
      this.schema = schema;
      this.estimatedRows = estimatedRows;
      this.qualifiedName = name;
    }

    @Override
    public RelDataType getRowType() {
      return table.rowType;
    }

    @Override
    public List<String> getQualifiedName() {
      return qualifiedName;
    }

    @Override
    public double getRowCount() {
      return estimatedRows;
    }

    @Override
    public RelOptSchema getRelOptSchema() {
      return schema;
    }

    @Override
    public RelNode toRel(ToRelContext context) {
      if (table.query != null) {
        return table.query.apply(context.getCluster());
      }
      return LogicalTableScan.create(context.getCluster(), this, context.getTableHints());
    }

    @Override
    public List<RelCollation> getCollationList() {
      return List.of();
    }

    @Override
    public RelDistribution getDistribution() {
      return RelDistributions.ANY;
    }

    @Override
    public boolean isKey(ImmutableBitSet columns) {
      return false;
    }

    @Override
    public List<ImmutableBitSet> getKeys() {
      return List.of();
    }

    @Override
    public List<RelReferentialConstraint> getReferentialConstraints() {
      return List.of();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Expression getExpression(Class wanted) {
      return null;
    }

    @Override
    protected RelOptTable extend(Table extended) {
      throw new UnsupportedOperationException("a table has no further columns");
    }

    @Override
    public List<ColumnStrategy> getColumnStrategies() {
      return getRowType().getFieldList().stream().map(field -> ColumnStrategy.NULLABLE).toList();
    }

    @Override
    public SqlMonotonicity getMonotonicity(String columnName) {
      return SqlMonotonicity.NOT_MONOTONIC;
    }

    @Override
    public SqlAccessType getAllowedAccess() {
      return SqlAccessType.ALL;
    }

    @Override
    public boolean supportsModality(SqlModality modality) {
      return modality == SqlModality.RELATION;
    }

    @Override
    public boolean isTemporal() {
      return false;
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> wanted) {
      if (wanted.isInstance(this)) {
        return wanted.cast(this);
      }
      return wanted.isInstance(table) ? wanted.cast(table) : null;
    }
  }
}
