package dev.frazil.dml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.type.SqlType.Primitive;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.VectorBuilder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** What a column gives to a z-value where the bounds of its files are odd. */
class ZColumnTest {
  private static DataFile file(ByteBuffer low, ByteBuffer high) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath("file.parquet")
        .withFormat(FileFormat.PARQUET)
        .withFileSizeInBytes(100)
        .withMetrics(
            new Metrics(
                2L, null, Map.of(1, 2L), Map.of(1, 0L), null, Map.of(1, low), Map.of(1, high)))
        .build();
  }

  /** As of a writer that cuts texts to so many bytes: "Ä" has two of them. */
  @Test
  void boundsThatEndWithinACharacter() {
    Types.NestedField field = Types.NestedField.optional(1, "v", Types.StringType.get());
    ByteBuffer cut = ByteBuffer.wrap(new byte[] {'A', (byte) 0xC3});
    ZColumn column =
        new ZColumn(0, field, 8, List.of(file(cut, ByteBuffer.wrap(new byte[] {'Z', 'z'}))));
    VectorBuilder texts = VectorBuilder.of(Primitive.VARCHAR);
    texts.appendValue("A\u00c4");
    texts.appendValue("Zy");
    byte[] first = new byte[8];
    byte[] last = new byte[8];
    List<ColumnVector> columns = List.of(texts.build());
    column.put(columns, 0, first);
    column.put(columns, 1, last);
    assertThat(Long.compareUnsigned(number(first), number(last))).isNegative();
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
