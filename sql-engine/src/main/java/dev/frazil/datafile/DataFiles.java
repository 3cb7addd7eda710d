package dev.frazil.datafile;

import dev.frazil.avro.AvroScanner;
import dev.frazil.error.EngineException;
import dev.frazil.memory.MemoryBudget;
import dev.frazil.orc.OrcScanner;
import dev.frazil.parquet.ColumnRequest;
import dev.frazil.parquet.DataFileScanner;
import dev.frazil.parquet.ParquetFile;
import dev.frazil.parquet.ParquetScanner;
import dev.frazil.storage.ObjectStore;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.mapping.NameMapping;
import org.jspecify.annotations.Nullable;

/** Opens data files and delete files, whoever wrote them. Stateless. */
public final class DataFiles {
  private DataFiles() {}

  /** Whether there is a reader for a format. */
  public static boolean isRead(FileFormat format) {
    return switch (format) {
      case PARQUET, AVRO, ORC -> true;
      case PUFFIN, METADATA -> false;
    };
  }

  /**
   * Opens a file; {@code 0A000} for a format that is not read.
   *
   * @param requests the wanted columns, in output order
   * @param schema the table's schema, against which {@code pruning} is (or will be) bound
   * @param pruning rows that do not satisfy it may be left out
   * @param mapping ids for files that carry none
   * @param budget counts the buffers of what is read
   */
  public static DataFileScanner open(
      ObjectStore store,
      ContentFile<?> file,
      List<ColumnRequest> requests,
      Schema schema,
      Expression pruning,
      @Nullable NameMapping mapping,
      MemoryBudget budget) {
    return switch (file.format()) {
      case PARQUET -> {
        ParquetScanner scanner =
            new ParquetScanner(
                ParquetFile.open(store, file.location(), file.fileSizeInBytes()),
                requests,
                schema,
                pruning,
                mapping,
                budget);
        boolean expected = false;
        try {
          scanner.expectColumns(id -> holdsValues(file, id));
          expected = true;
        } finally {
          if (!expected) {
            scanner.close();
          }
        }
        yield scanner;
      }
      case AVRO ->
          new AvroScanner(
              store,
              file.location(),
              file.fileSizeInBytes(),
              file.recordCount(),
              requests,
              mapping,
              budget);
      case ORC -> {
        OrcScanner scanner =
            OrcScanner.open(
                store,
                file.location(),
                file.fileSizeInBytes(),
                file.recordCount(),
                requests,
                schema,
                pruning,
                mapping,
                budget);
        scanner.expectColumns(id -> holdsValues(file, id));
        yield scanner;
      }
      case PUFFIN, METADATA ->
          throw EngineException.unsupported(
              "reading rows of " + file.format() + " files (" + file.location() + ")");
    };
  }

  private static boolean holdsValues(ContentFile<?> file, int fieldId) {
    Long values = count(file.valueCounts(), fieldId);
    Long nulls = count(file.nullValueCounts(), fieldId);
    return values != null && nulls != null && values > nulls;
  }

  private static @Nullable Long count(@Nullable Map<Integer, Long> counts, int fieldId) {
    return counts == null ? null : counts.get(fieldId);
  }
}
