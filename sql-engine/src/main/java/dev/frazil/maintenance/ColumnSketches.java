package dev.frazil.maintenance;

import dev.frazil.exec.Operator;
import dev.frazil.exec.OperatorFactory;
import dev.frazil.exec.QueryContext;
import dev.frazil.memory.MemoryReservation;
import dev.frazil.plan.PhysicalNode;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.ScanColumn;
import dev.frazil.plan.TableHandle;
import dev.frazil.type.TypeMapping;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.RowBatches;
import dev.frazil.vector.VectorValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.GenericBlobMetadata;
import org.apache.iceberg.GenericStatisticsFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinCompressionCodec;
import org.apache.iceberg.puffin.PuffinWriter;
import org.apache.iceberg.puffin.StandardBlobTypes;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of columns of one snapshot as theta sketches, in a file of statistics as the
 * Puffin specification has it: compact sketches with the default seed, fed with the bytes of
 * Iceberg's single-value serialisation. Nulls do not count, nor do values without a byte, such as
 * an empty text, which such a sketch cannot take. One thread.
 */
public final class ColumnSketches implements AutoCloseable {
  private static final String DISTINCT_VALUES = "ndv";

  private final Snapshot snapshot;
  private final List<OfColumn> columns;
  private final MemoryReservation memory;

  private ColumnSketches(
      Snapshot snapshot, List<Types.NestedField> fields, MemoryReservation memory) {
    this.snapshot = snapshot;
    this.columns = fields.stream().map(OfColumn::new).toList();
    this.memory = memory;
  }

  /** Whether values of a type can be hashed as the specification asks for. */
  public static boolean canTake(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN,
          INTEGER,
          LONG,
          FLOAT,
          DOUBLE,
          DATE,
          TIME,
          TIMESTAMP,
          TIMESTAMP_NANO,
          STRING,
          UUID,
          FIXED,
          BINARY,
          DECIMAL ->
          true;
      case UNKNOWN, GEOMETRY, GEOGRAPHY, STRUCT, LIST, MAP, VARIANT -> false;
    };
  }

  /**
   * Reads the columns of a snapshot, once.
   *
   * @param snapshot that of {@code table}
   * @param fields columns of its schema that {@link #canTake} holds for
   */
  public static ColumnSketches of(
      TableHandle table, Snapshot snapshot, List<Types.NestedField> fields, QueryContext context) {
    MemoryReservation memory = context.memory().open("the statistics of " + table.identifier());
    boolean done = false;
    try {
      memory.grow(fields.size() * ThetaSketch.MOST_BYTES);
      ColumnSketches sketches = new ColumnSketches(snapshot, fields, memory);
      sketches.read(table, context);
      done = true;
      return sketches;
    } finally {
      if (!done) {
        memory.close();
      }
    }
  }

  private void read(TableHandle table, QueryContext context) {
    List<ScanColumn> scanned = new ArrayList<>();
    for (OfColumn column : columns) {
      Types.NestedField field = column.field;
      scanned.add(
          new ScanColumn.TableColumn(
              field.fieldId(),
              new Column(field.name(), TypeMapping.toSql(field.type()), field.isOptional())));
    }
    PhysicalNode scan =
        new PhysicalNode.TableScan(table, scanned, Expressions.alwaysTrue(), null, -1, Double.NaN);
    try (Operator rows = OperatorFactory.create(scan, context)) {
      for (RowBatch batch = rows.next(); batch != null; batch = rows.next()) {
        context.cancellation().check();
        int[] positions = RowBatches.positions(batch);
        for (int i = 0; i < columns.size(); i++) {
          columns.get(i).add(batch.column(i), positions, batch.selectedCount());
        }
      }
    }
  }

  /** Writes them to a new file, which is part of no table yet. */
  public StatisticsFile write(OutputFile output) {
    try (PuffinWriter writer = Puffin.write(output).createdBy("Frazil").build()) {
      for (OfColumn column : columns) {
        writer.add(
            new Blob(
                StandardBlobTypes.APACHE_DATASKETCHES_THETA_V1,
                List.of(column.field.fieldId()),
                snapshot.snapshotId(),
                snapshot.sequenceNumber(),
                ByteBuffer.wrap(column.sketch.toBytes()),
                PuffinCompressionCodec.NONE, // hashes do not get shorter
                Map.of(DISTINCT_VALUES, Long.toString((long) column.sketch.estimate()))));
      }
      writer.finish();
      return new GenericStatisticsFile(
          snapshot.snapshotId(),
          output.location(),
          writer.fileSize(),
          writer.footerSize(),
          GenericBlobMetadata.from(writer.writtenBlobsMetadata()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    memory.close();
  }

  /** The values of one column so far. */
  private static final class OfColumn {
    private final Types.NestedField field;
    private final ThetaSketch sketch = new ThetaSketch();

    /** Which entries of the dictionary that came last are in the sketch. */
    private BitSet seen = new BitSet();

    private @Nullable BytesVector dictionary;

    OfColumn(Types.NestedField field) {
      this.field = field;
    }

    @SuppressWarnings("ReferenceEquality") // the same dictionary comes with many batches
    void add(ColumnVector vector, int[] positions, int count) {
      if (vector instanceof DictionaryVector values && values.dictionary() != dictionary) {
        dictionary = values.dictionary();
        seen = new BitSet();
      }
      for (int k = 0; k < count; k++) {
        int row = positions[k];
        if (!vector.isNull(row)) {
          add(vector, row);
        }
      }
    }

    private void add(ColumnVector vector, int row) {
      if (vector instanceof DictionaryVector values) {
        int id = values.ids()[row];
        if (!seen.get(id)) {
          seen.set(id);
          addBytes(values.dictionary(), id);
        }
      } else if (vector instanceof BytesVector bytes) {
        addBytes(bytes, row);
      } else {
        ByteBuffer value = Conversions.toByteBuffer(field.type(), VectorValues.read(vector, row));
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        sketch.add(bytes, 0, bytes.length);
      }
    }

    /** Texts, byte strings and UUIDs are held as they are serialised. */
    private void addBytes(BytesVector vector, int row) {
      int from = vector.offsets()[row];
      sketch.add(vector.data(), from, vector.lengthBytes(row));
    }
  }
}
