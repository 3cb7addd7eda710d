package dev.frazil.dml.export;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.ParquetBatchWriter;
import dev.frazil.parquet.ParquetWriterOptions;
import dev.frazil.plan.CopyFormat;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.storage.ObjectStore.UploadStream;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.RowBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Types;

/** A Parquet file, as one of a table's is written. */
final class ParquetFormat implements RowFile.RowFormat {
  private final ParquetBatchWriter writer;

  ParquetFormat(CopyFormat.Parquet format, List<ResultColumn> columns, UploadStream stream) {
    AtomicInteger lastId = new AtomicInteger();
    List<Types.NestedField> fields = new ArrayList<>();
    for (ResultColumn column : columns) {
      if (column.type() == SqlType.Primitive.UNKNOWN) {
        throw EngineException.unsupported(
            "column \"" + column.label() + "\" of unknown type in a Parquet file (CAST the NULL)");
      }
      fields.add(
          Types.NestedField.builder()
              .withId(lastId.incrementAndGet())
              .withName(column.label())
              .isOptional(column.nullable())
              .ofType(TypeMapping.toIceberg(column.type(), lastId::incrementAndGet))
              .build());
    }
    String codec = format.compression();
    Map<String, String> properties =
        codec == null ? Map.of() : Map.of(TableProperties.PARQUET_COMPRESSION, codec);
    this.writer =
        new ParquetBatchWriter(
            stream,
            new Schema(fields),
            new ParquetWriterOptions(properties, MetricsConfig.getDefault()));
  }

  @Override
  public void write(RowBatch batch) {
    writer.write(batch);
  }

  @Override
  public void finish() {
    writer.close();
  }
}
