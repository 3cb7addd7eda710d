import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DecimalColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DoubleColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MapColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.TypeDescription;

/** What Apache's ORC library reads from a file, as text. */
final class OrcRows {
  private OrcRows() {}

  /** What the library reads: dates of the proleptic calendar, local times in UTC. */
  static List<String> read(org.apache.hadoop.fs.Path path) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Reader reader =
            OrcFile.createReader(
                path,
                OrcFile.readerOptions(new Configuration())
                    .useUTCTimestamp(true)
                    .convertToProlepticGregorian(true));
        RecordReader rows = reader.rows()) {
      TypeDescription type = reader.getSchema();
      VectorizedRowBatch batch = type.createRowBatch(500);
      while (rows.nextBatch(batch)) {
        for (int row = 0; row < batch.size; row++) {
          List<String> values = new ArrayList<>();
          for (int column = 0; column < batch.cols.length; column++) {
            values.add(text(batch.cols[column], row, type.getChildren().get(column)));
          }
          lines.add(String.join(" | ", values));
        }
      }
    }
    return lines;
  }

  private static String text(ColumnVector vector, int row, TypeDescription type) {
    int at = vector.isRepeating ? 0 : row;
    if (!vector.noNulls && vector.isNull[at]) {
      return "NULL";
    }
    return switch (type.getCategory()) {
      case BOOLEAN -> String.valueOf(((LongColumnVector) vector).vector[at] != 0);
      case BYTE, SHORT, INT, LONG -> String.valueOf(((LongColumnVector) vector).vector[at]);
      case FLOAT -> SparkFixture.text((float) ((DoubleColumnVector) vector).vector[at]);
      case DOUBLE -> SparkFixture.text(((DoubleColumnVector) vector).vector[at]);
      case STRING, CHAR, VARCHAR -> ((BytesColumnVector) vector).toString(at);
      case BINARY -> {
        BytesColumnVector bytes = (BytesColumnVector) vector;
        yield "x'"
            + HexFormat.of()
                .formatHex(bytes.vector[at], bytes.start[at], bytes.start[at] + bytes.length[at])
            + "'";
      }
      case DECIMAL -> SparkFixture.text(
          ((DecimalColumnVector) vector).vector[at].getHiveDecimal().bigDecimalValue());
      case DATE -> LocalDate.ofEpochDay(((LongColumnVector) vector).vector[at]).toString();
      case TIMESTAMP, TIMESTAMP_INSTANT -> {
        TimestampColumnVector time = (TimestampColumnVector) vector;
        Instant instant =
            Instant.ofEpochSecond(
                Math.floorDiv(time.time[at], 1000L), time.nanos[at] / 1000 * 1000);
        yield type.getCategory() == TypeDescription.Category.TIMESTAMP
            ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString()
            : instant.toString();
      }
      case STRUCT -> {
        List<String> fields = new ArrayList<>();
        ColumnVector[] vectors = ((StructColumnVector) vector).fields;
        for (int i = 0; i < vectors.length; i++) {
          fields.add(text(vectors[i], at, type.getChildren().get(i)));
        }
        yield fields.toString();
      }
      case LIST -> {
        ListColumnVector list = (ListColumnVector) vector;
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < list.lengths[at]; i++) {
          elements.add(
              text(list.child, (int) list.offsets[at] + i, type.getChildren().get(0)));
        }
        yield elements.toString();
      }
      case MAP -> {
        MapColumnVector map = (MapColumnVector) vector;
        Map<String, String> entries = new TreeMap<>();
        for (int i = 0; i < map.lengths[at]; i++) {
          int entry = (int) map.offsets[at] + i;
          entries.put(
              text(map.keys, entry, type.getChildren().get(0)),
              text(map.values, entry, type.getChildren().get(1)));
        }
        yield entries.toString();
      }
      default -> throw new IllegalArgumentException(type.toString());
    };
  }
}
