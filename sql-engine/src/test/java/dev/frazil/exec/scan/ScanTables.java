package dev.frazil.exec.scan;

import dev.frazil.catalog.CatalogFactory;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.exec.CancellationToken;
import dev.frazil.exec.QueryContext;
import dev.frazil.exec.QueryCounters;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PhysicalNode.TableScan;
import dev.frazil.plan.ScalarExpression;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.TableHandle;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Iceberg tables in a local database whose Parquet files DuckDB writes. */
final class ScanTables implements AutoCloseable {
  /** Held, because loggers are weakly reachable: Iceberg logs every scan at INFO. */
  private static final java.util.logging.Logger ICEBERG =
      java.util.logging.Logger.getLogger("org.apache.iceberg");

  static {
    ICEBERG.setLevel(java.util.logging.Level.WARNING);
  }

  private final DatabaseCatalog catalog;
  private final Connection duckdb;
  private int files;

  ScanTables(Path folder) throws SQLException {
    this.catalog =
        CatalogFactory.open(
            ConnectionConfig.of(
                new Warehouse.LocalFolder(folder.toAbsolutePath().normalize().toString())));
    this.duckdb = DriverManager.getConnection("jdbc:duckdb:");
    ((SupportsNamespaces) catalog.icebergCatalog()).createNamespace(Namespace.of("s"));
  }

  Connection duckdb() {
    return duckdb;
  }

  Table create(String name, Schema schema, PartitionSpec spec, int formatVersion) {
    return catalog
        .icebergCatalog()
        .buildTable(TableIdentifier.of("s", name), schema)
        .withPartitionSpec(spec)
        .withProperty("format-version", Integer.toString(formatVersion))
        .create();
  }

  /** Writes the rows of a query as a Parquet file; {@code fieldIds} as DuckDB's COPY takes them. */
  Path write(Table table, String query, String fieldIds) throws SQLException, IOException {
    Path data = Path.of(table.location(), "data");
    Files.createDirectories(data);
    Path file = data.resolve("file-" + ++files + ".parquet");
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(
          "copy ("
              + query
              + ") to '"
              + file
              + "' (format parquet, row_group_size 2048, field_ids {"
              + fieldIds
              + "})");
    }
    return file;
  }

  long rows(Path file) throws SQLException {
    try (Statement statement = duckdb.createStatement();
        var result = statement.executeQuery("select count(*) from read_parquet('" + file + "')")) {
      result.next();
      return result.getLong(1);
    }
  }

  DataFile dataFile(Table table, Path file, @Nullable String partition)
      throws SQLException, IOException {
    DataFiles.Builder builder =
        DataFiles.builder(table.spec())
            .withPath(file.toString())
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(Files.size(file))
            .withRecordCount(rows(file));
    return partition == null ? builder.build() : builder.withPartitionPath(partition).build();
  }

  DeleteFile positionDeletes(Table table, String query) throws SQLException, IOException {
    Path file = write(table, query, "file_path: 2147483546, pos: 2147483545");
    return FileMetadata.deleteFileBuilder(table.spec())
        .ofPositionDeletes()
        .withPath(file.toString())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(Files.size(file))
        .withRecordCount(rows(file))
        .build();
  }

  DeleteFile equalityDeletes(Table table, String query, String fieldIds, int... ids)
      throws SQLException, IOException {
    Path file = write(table, query, fieldIds);
    return FileMetadata.deleteFileBuilder(table.spec())
        .ofEqualityDeletes(ids)
        .withPath(file.toString())
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(Files.size(file))
        .withRecordCount(rows(file))
        .build();
  }

  static TableHandle handle(Table table) {
    Snapshot current = table.currentSnapshot();
    return new TableHandle(
        TableIdentifier.parse(table.name()),
        table,
        current == null ? null : current.snapshotId(),
        false);
  }

  /** A scan of some columns, by name; {@code _file} and {@code _pos} too. */
  static TableScan scan(
      TableHandle handle,
      Expression pruning,
      @Nullable ScalarExpression residual,
      long limit,
      String... names) {
    Schema schema = ScanFiles.schema(handle);
    List<ScanColumn> columns = new ArrayList<>();
    for (String name : names) {
      if (name.equals("_file")) {
        columns.add(new ScanColumn.FileLocation(new Column(name, Primitive.VARCHAR, false)));
      } else if (name.equals("_pos")) {
        columns.add(new ScanColumn.RowPosition(new Column(name, Primitive.BIGINT, false)));
      } else {
        Types.NestedField field = schema.findField(name);
        columns.add(
            new ScanColumn.TableColumn(
                field.fieldId(),
                new Column(name, TypeMapping.toSql(field.type()), field.isOptional())));
      }
    }
    return new TableScan(handle, columns, pruning, residual, limit, Double.NaN);
  }

  static TableScan scan(Table table, String... names) {
    return scan(handle(table), Expressions.alwaysTrue(), null, -1, names);
  }

  QueryContext context(int threads, @Nullable Object... parameters) throws IOException {
    return new QueryContext(
        new MemoryBudget(1 << 28),
        new CancellationToken(),
        Arrays.asList(parameters),
        0,
        ZoneOffset.UTC,
        table -> catalog.store(),
        threads,
        Files.createTempDirectory("frazil-scan"),
        new QueryCounters());
  }

  DatabaseCatalog catalog() {
    return catalog;
  }

  @Override
  public void close() throws Exception {
    duckdb.close();
    catalog.close();
  }
}
