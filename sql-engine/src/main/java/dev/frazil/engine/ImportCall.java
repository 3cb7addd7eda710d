package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.parquet.ImportedFile;
import dev.frazil.parquet.ParquetFile;
import dev.frazil.plan.Procedure;
import dev.frazil.plan.TableHandle;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import dev.frazil.txn.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMapping;
import org.apache.iceberg.mapping.NameMappingParser;
import org.jspecify.annotations.Nullable;

/**
 * {@code CALL system.add_files}: Parquet files become data files of a table where they are. The
 * table owns them from then on. One thread.
 */
final class ImportCall {
  private final ProcedureCalls calls;

  ImportCall(ProcedureCalls calls) {
    this.calls = calls;
  }

  private record Outcome(long files, long partitions) {}

  List<List<Object>> run(ProcedureArguments arguments) {
    arguments.whole("parallelism"); // footers are read one after another
    String source = ImportSource.location(Objects.requireNonNull(arguments.text("source_table")));
    Outcome outcome = calls.committed(own -> add(arguments, source, own));
    // Under a token that was committed before, nothing is known of the files of then.
    return outcome == null ? List.of() : List.of(List.of(outcome.files(), outcome.partitions()));
  }

  private Outcome add(ProcedureArguments arguments, String source, SessionTransaction own) {
    TableHandle handle = calls.table(arguments, Procedure.ADD_FILES, own);
    TableIdentifier identifier = handle.identifier();
    Transaction transaction = own.transaction();
    transaction.requireChangeable(identifier);
    Table table = handle.table();
    refuseStaged(table);
    ObjectStore store = calls.session().executor().store();
    PartitionSpec spec = table.spec();
    Map<String, String> filter = arguments.options("partition_filter");
    Map<ObjectInfo, ImportedPartition> wanted = new LinkedHashMap<>();
    for (ObjectInfo object : ImportSource.files(store, source)) {
      ImportedPartition partition = ImportedPartition.of(spec, object.location());
      if (partition.matches(spec, filter)) {
        wanted.put(object, partition);
      }
    }
    refuseOthers(wanted.keySet(), identifier, table, transaction);
    if (arguments.flag("check_duplicate_files", true)) {
      // Whoever adds the same files meanwhile is a conflict.
      transaction.reads().rows(identifier, Expressions.alwaysTrue());
      refuseDuplicates(wanted.keySet(), table);
    }
    String given = table.properties().get(TableProperties.DEFAULT_NAME_MAPPING);
    NameMapping mapping =
        given == null ? MappingUtil.create(table.schema()) : NameMappingParser.fromJson(given);
    List<DataFile> files = new ArrayList<>();
    boolean needsMapping = false;
    for (Map.Entry<ObjectInfo, ImportedPartition> each : wanted.entrySet()) {
      calls.cancellation().check();
      ObjectInfo object = each.getKey();
      try (ParquetFile file = ParquetFile.open(store, object.location(), object.lengthBytes())) {
        needsMapping |= !ImportedFile.hasIds(file);
        refuseLostFolders(file, table, each.getValue());
        files.add(dataFile(file, table, mapping, each.getValue()));
      }
    }
    if (needsMapping && given == null && !files.isEmpty()) {
      String json = NameMappingParser.toJson(mapping);
      transaction.update(
          identifier,
          current -> current.updateProperties().set(TableProperties.DEFAULT_NAME_MAPPING, json));
    }
    transaction.rows().append(identifier, files);
    if (!files.isEmpty()) {
      calls.requireRulesOfNewest(identifier, own);
    }
    long partitions =
        files.stream().map(file -> spec.partitionToPath(file.partition())).distinct().count();
    return new Outcome(files.size(), partitions);
  }

  /** Nobody would look at the checks of rows that are staged unseen. */
  private void refuseStaged(Table table) {
    if (calls.session().settings().wapId() != null
        && Boolean.parseBoolean(
            table.properties().get(TableProperties.WRITE_AUDIT_PUBLISH_ENABLED))) {
      throw EngineException.unsupported("add_files under wapId to " + table.name());
    }
  }

  private static DataFile dataFile(
      ParquetFile file, Table table, NameMapping mapping, ImportedPartition partition) {
    ImportedFile imported = new ImportedFile(file, table.schema(), mapping, partition.values());
    DataFiles.Builder builder =
        DataFiles.builder(table.spec())
            .withPath(spelt(file.location(), table))
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(file.lengthBytes())
            .withMetrics(imported.metrics(MetricsConfig.forTable(table)))
            .withSplitOffsets(imported.splitOffsets());
    if (table.spec().isPartitioned()) {
      builder.withPartition(partition.data());
    }
    return builder.build();
  }

  /** A path as the table spells its own, so that other engines find it alike. */
  private static String spelt(String location, Table table) {
    return location.startsWith("/") && table.location().startsWith("file:")
        ? "file://" + location
        : location;
  }

  /** A folder that alone tells a column's value, where the table is not partitioned by it. */
  private static void refuseLostFolders(
      ParquetFile file, Table table, ImportedPartition partition) {
    for (String name : ImportedPartition.folders(file.location()).keySet()) {
      var field = table.schema().findField(name);
      if (field != null
          && !partition.values().containsKey(field.fieldId())
          && !file.columnNames().contains(name)) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "the folder of the file "
                + file.location()
                + " tells the value of "
                + name
                + ", by which the table is not partitioned: its rows would lose it");
      }
    }
  }

  private static void refuseDuplicates(Set<ObjectInfo> found, Table table) {
    Set<String> added = new HashSet<>();
    found.forEach(file -> added.add(LocationGuard.normalise(file.location())));
    if (table.currentSnapshot() == null) {
      return;
    }
    for (ManifestFile manifest : table.currentSnapshot().dataManifests(table.io())) {
      try (ManifestReader<DataFile> reader =
          ManifestFiles.read(manifest, table.io(), table.specs()).select(List.of("file_path"))) {
        for (DataFile file : reader) {
          if (added.contains(LocationGuard.normalise(file.location()))) {
            throw new EngineException(
                SqlState.OBJECT_NOT_IN_STATE,
                "the file "
                    + file.location()
                    + " is one of the table already; check_duplicate_files => false adds its rows"
                    + " once more");
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Each table deletes what is no more its own in its folder, whoever else needs it. */
  private void refuseOthers(
      Set<ObjectInfo> found, TableIdentifier identifier, Table table, Transaction transaction) {
    String own = folder(table.location());
    List<ObjectInfo> outside =
        found.stream()
            .filter(file -> !LocationGuard.normalise(file.location()).startsWith(own))
            .toList();
    if (outside.isEmpty()) {
      return;
    }
    for (TableIdentifier other :
        transaction.definitions().tables(each -> !each.equals(identifier))) {
      @Nullable Table owner = transaction.load(other).orElse(null);
      if (owner == null) {
        continue;
      }
      String data = owner.properties().get(TableProperties.WRITE_DATA_LOCATION);
      for (ObjectInfo file : outside) {
        String location = LocationGuard.normalise(file.location());
        if (location.startsWith(folder(owner.location()))
            || (data != null && location.startsWith(folder(data)))) {
          throw new EngineException(
              SqlState.OBJECT_NOT_IN_STATE,
              "the file "
                  + file.location()
                  + " lies in a folder of the table "
                  + other
                  + ", which may delete it: copy it elsewhere first");
        }
      }
    }
  }

  private static String folder(String location) {
    String folder = LocationGuard.normalise(location);
    return folder.endsWith("/") ? folder : folder + "/";
  }
}
