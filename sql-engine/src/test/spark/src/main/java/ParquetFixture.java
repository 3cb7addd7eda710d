import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * Files of parquet-java with the physical forms that the writers of tables no longer choose, but
 * files of others have: for {@code ForeignFormsTest}.
 */
public final class ParquetFixture {
  private static final int ROWS = 300;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message forms {
            required int64 id;
            optional int96 t_int96;
            optional int64 t_millis (TIMESTAMP(MILLIS,true));
            optional int64 t_micros (TIMESTAMP(MICROS,false));
            optional int64 t_nanos (TIMESTAMP(NANOS,false));
            optional int32 time_millis (TIME(MILLIS,true));
            optional int64 time_micros (TIME(MICROS,false));
            optional int64 time_nanos (TIME(NANOS,false));
            optional int32 dec_int32 (DECIMAL(9,2));
            optional int64 dec_int64 (DECIMAL(18,4));
            optional fixed_len_byte_array(5) dec_fixed5 (DECIMAL(10,3));
            optional fixed_len_byte_array(16) dec_fixed16 (DECIMAL(38,10));
            optional binary dec_bytes (DECIMAL(18,2));
            optional binary dec_wide_bytes (DECIMAL(38,5));
            optional int32 tiny (INTEGER(8,true));
            optional int32 word (INTEGER(16,false));
            optional int32 unsigned (INTEGER(32,false));
            optional binary kind (ENUM);
            optional binary document (JSON);
            optional group two_level (LIST) { repeated int32 array; }
            optional group two_level_struct (LIST) {
              repeated group two_level_struct_tuple { required int32 x; optional binary y (STRING); } }
            optional group struct_named_array (LIST) { repeated group array { optional int32 s; } }
            optional group lists_of_lists (LIST) { repeated group array (LIST) { repeated int32 array; } }
            optional group hive_list (LIST) { repeated group bag { optional int32 array_element; } }
            optional group old_map (MAP) { repeated group map (MAP_KEY_VALUE) { required binary key (STRING); optional int32 value; } }
          }
          """);

  private ParquetFixture() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    for (WriterVersion version : WriterVersion.values()) {
      for (boolean dictionary : new boolean[] {false, true}) {
        String name =
            (version == WriterVersion.PARQUET_1_0 ? "v1" : "v2")
                + (dictionary ? "-dictionary" : "-values");
        write(
            folder.resolve(name + ".parquet"),
            version,
            dictionary,
            version == WriterVersion.PARQUET_1_0
                ? CompressionCodecName.GZIP
                : CompressionCodecName.ZSTD);
      }
    }
  }

  private static void write(
      Path file, WriterVersion version, boolean dictionary, CompressionCodecName codec)
      throws IOException {
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(SCHEMA)
            .withWriterVersion(version)
            .withDictionaryEncoding(dictionary)
            .withCompressionCodec(codec)
            .withPageSize(600)
            .withPageRowCountLimit(120)
            .build()) {
      SimpleGroupFactory rows = new SimpleGroupFactory(SCHEMA);
      for (int i = 0; i < ROWS; i++) {
        writer.write(row(rows.newGroup(), i));
      }
    }
  }

  /** Every value has few others, so that dictionaries pay, and each column its own nulls. */
  private static Group row(Group row, int i) {
    int v = i % 60 - 30;
    row.append("id", (long) i);
    long seconds = v == -30 ? -62_135_596_800L : v * 86_399L;
    long micros = seconds * 1_000_000 + (v == -30 ? 0 : v * 7_001L);
    if (i % 7 != 1) {
      long day = Math.floorDiv(micros, 86_400_000_000L);
      row.append(
          "t_int96",
          new NanoTime((int) (day + 2_440_588), (micros - day * 86_400_000_000L) * 1000));
      row.append("t_millis", Math.floorDiv(micros, 1000L));
    }
    if (i % 7 != 2) {
      row.append("t_micros", micros);
      row.append("t_nanos", v * 86_399_000_000_000L + (v < 0 ? 0 : v * 1_234_000L + 321));
    }
    if (i % 7 != 3) {
      row.append("time_millis", (v + 30) * 1_464_406);
      row.append("time_micros", (v + 30) * 1_464_406_779L);
      row.append("time_nanos", (v + 30) * 1_464_406_779_000L + 321);
    }
    if (i % 7 != 4) {
      row.append("dec_int32", v == -30 ? -999_999_999 : v == 29 ? 999_999_999 : v * 12_345);
      row.append("dec_int64", v == -30 ? -999_999_999_999_999_999L : v * 98_765_432_123L);
      row.append(
          "dec_fixed5", fixed(BigInteger.valueOf(v == -30 ? -9_999_999_999L : v * 3_333L), 5));
    }
    BigInteger wide =
        v == -30
            ? BigInteger.TEN.pow(38).subtract(BigInteger.ONE).negate()
            : BigInteger.valueOf(v)
                .multiply(BigInteger.TEN.pow(30))
                .add(BigInteger.valueOf(i % 60));
    if (i % 7 != 5) {
      row.append("dec_fixed16", fixed(wide, 16));
      row.append(
          "dec_bytes",
          Binary.fromConstantByteArray(
              new BigDecimal(v * 1_000_003L).unscaledValue().toByteArray()));
      row.append("dec_wide_bytes", Binary.fromConstantByteArray(wide.toByteArray()));
      row.append("tiny", v);
      row.append("word", 65_535 - v - 30);
      row.append("unsigned", -1 - (v + 30));
    }
    if (i % 7 != 6) {
      row.append("kind", "KIND_" + (v + 30) % 3);
      row.append("document", "{\"v\": " + v + "}");
    }
    lists(row, i, v);
    return row;
  }

  private static void lists(Group row, int i, int v) {
    int length = i % 4;
    if (i % 5 != 0) {
      Group list = row.addGroup("two_level");
      Group structs = row.addGroup("two_level_struct");
      Group named = row.addGroup("struct_named_array");
      for (int j = 0; j < length; j++) {
        list.append("array", v + j);
        Group struct = structs.addGroup("two_level_struct_tuple").append("x", v * j);
        if ((i + j) % 3 != 0) {
          struct.append("y", "y" + j);
        }
        Group one = named.addGroup("array");
        if ((i + j) % 2 != 0) {
          one.append("s", v - j);
        }
      }
    }
    if (i % 5 != 1) {
      Group outer = row.addGroup("lists_of_lists");
      Group hive = row.addGroup("hive_list");
      for (int j = 0; j < length; j++) {
        Group inner = outer.addGroup("array");
        for (int k = 0; k < (i + j) % 3; k++) {
          inner.append("array", v + k);
        }
        Group bag = hive.addGroup("bag");
        if ((i + j) % 3 != 0) {
          bag.append("array_element", v * j);
        }
      }
    }
    if (i % 5 != 2) {
      Group map = row.addGroup("old_map");
      for (int j = 0; j < length; j++) {
        Group entry = map.addGroup("map").append("key", "k" + j);
        if (j != 1) {
          entry.append("value", v);
        }
      }
    }
  }

  private static Binary fixed(BigInteger value, int length) {
    byte[] bytes = value.toByteArray();
    byte[] padded = new byte[length];
    Arrays.fill(padded, (byte) (value.signum() < 0 ? -1 : 0));
    System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
    return Binary.fromConstantByteArray(padded);
  }
}
