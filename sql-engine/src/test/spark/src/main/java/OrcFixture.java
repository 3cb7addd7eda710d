import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TimeZone;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.common.type.HiveDecimal;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DateColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DecimalColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DoubleColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.MapColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.UnionColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;

/**
 * Files of Apache's ORC library with every codec, version, encoding and type, and what the library
 * itself reads from them: for {@code OrcFormsTest}.
 */
public final class OrcFixture {
  private static final String FLAT =
      "struct<id:int,flag:boolean,tiny:tinyint,small:smallint,whole:int,wide:bigint,steady:bigint,"
          + "rising:bigint,falling:int,outliers:bigint,noise:bigint,single:float,twice:double,word:string,"
          + "line:string,code:char(5),label:varchar(9),raw:binary,price:decimal(9,2),"
          + "huge:decimal(38,10),day:date,clock:timestamp,moment:timestamp with local time zone,"
          + "nothing:string>";

  private static final String NESTED =
      "struct<id:int,s:struct<a:int,b:string,deep:struct<d:decimal(20,3),e:date>>,l:array<int>,"
          + "m:map<string,bigint>,ls:array<struct<x:int,y:array<string>>>,ll:array<array<double>>,"
          + "ms:map<int,struct<p:string,q:timestamp>>,bits:array<boolean>>";

  private OrcFixture() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Files.createDirectories(folder);
    for (CompressionKind codec :
        List.of(
            CompressionKind.NONE,
            CompressionKind.ZLIB,
            CompressionKind.SNAPPY,
            CompressionKind.LZ4,
            CompressionKind.ZSTD)) {
      write(folder, "flat-" + codec.name().toLowerCase(), FLAT, 800, "UTC", options(codec));
    }
    write(
        folder,
        "flat-version-11",
        FLAT,
        800,
        "UTC",
        options(CompressionKind.ZLIB).version(OrcFile.Version.V_0_11));
    write(
        folder,
        "flat-new-york",
        FLAT,
        300,
        "America/New_York",
        options(CompressionKind.ZSTD).useUTCTimestamp(false));
    write(
        folder,
        "flat-proleptic",
        FLAT,
        300,
        "UTC",
        options(CompressionKind.ZSTD).setProlepticGregorian(true));
    write(folder, "nested", NESTED, 200, "UTC", options(CompressionKind.ZSTD));
    write(
        folder,
        "nested-version-11",
        NESTED,
        200,
        "UTC",
        options(CompressionKind.NONE).version(OrcFile.Version.V_0_11));
    write(
        folder,
        "lzo",
        "struct<id:int>",
        10,
        "UTC",
        OrcFile.writerOptions(new Configuration()).compress(CompressionKind.LZO));
    write(
        folder,
        "union",
        "struct<id:int,u:uniontype<int,string>>",
        10,
        "UTC",
        options(CompressionKind.ZLIB));
    OddOrcFiles.write(folder);
  }

  private static OrcFile.WriterOptions options(CompressionKind codec) {
    Configuration configuration = new Configuration();
    configuration.set("orc.dictionary.key.threshold", "0.5");
    configuration.set("orc.stripe.row.count", "300");
    return OrcFile.writerOptions(configuration)
        .compress(codec)
        .bufferSize(1024)
        .rowIndexStride(100 * 1000)
        .useUTCTimestamp(true);
  }

  private static void write(
      Path folder, String name, String schema, int rows, String zone, OrcFile.WriterOptions options)
      throws IOException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    Path file = folder.resolve(name + ".orc");
    Files.deleteIfExists(file);
    TypeDescription type = TypeDescription.fromString(schema);
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
    try (Writer writer = OrcFile.createWriter(path, options.setSchema(type))) {
      VectorizedRowBatch batch = type.createRowBatch();
      Random random = new Random(7);
      for (int row = 0; row < rows; row++) {
        int at = batch.size++;
        for (int column = 0; column < batch.cols.length; column++) {
          TypeDescription child = type.getChildren().get(column);
          put(batch.cols[column], at, child, type.getFieldNames().get(column), row, random);
        }
        if (batch.size == 100 || row + 1 == rows) {
          writer.addRowBatch(batch);
          batch.reset();
        }
      }
    } finally {
      TimeZone.setDefault(before);
    }
    Files.deleteIfExists(folder.resolve("." + name + ".orc.crc"));
    if (!schema.contains("union") && options.getCompress() != CompressionKind.LZO) {
      answers(folder, name, OrcRows.read(path));
    }
  }

  /** Files that differ in the codec or the version only hold the same rows. */
  private static void answers(Path folder, String name, List<String> lines) throws IOException {
    String answers = name.replaceAll("-(none|zlib|snappy|lz4|zstd|version-11)", "") + ".txt.gz";
    Path file = folder.resolve(answers);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    boolean isFirst = name.equals("flat-none") || !answers.equals("flat.txt.gz");
    if (!isFirst && !Arrays.equals(Files.readAllBytes(file), packed.toByteArray())) {
      throw new IllegalStateException(name + " has other rows than flat-none");
    }
    Files.write(file, packed.toByteArray());
  }

  /** Puts a value, or a null in one row of eleven but for the column id. */
  private static void put(
      ColumnVector vector, int at, TypeDescription type, String name, int row, Random random) {
    int hash = name.hashCode();
    if (name.equals("nothing") || (!name.equals("id") && Math.floorMod(row + hash, 11) == 0)) {
      vector.noNulls = false;
      vector.isNull[at] = true;
      return;
    }
    vector.isNull[at] = false;
    switch (type.getCategory()) {
      case BOOLEAN -> ((LongColumnVector) vector).vector[at] = random.nextInt(3) == 0 ? 1 : 0;
      case BYTE, SHORT, INT, LONG -> ((LongColumnVector) vector).vector[at] =
          integer(type, name, row, random);
      case FLOAT, DOUBLE -> ((DoubleColumnVector) vector).vector[at] =
          switch (row % 40) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> 0;
            default -> type.getCategory() == TypeDescription.Category.FLOAT
                ? (float) random.nextGaussian()
                : random.nextGaussian() * 1e9;
          };
      case STRING, CHAR, VARCHAR, BINARY -> ((BytesColumnVector) vector)
          .setVal(at, bytes(type, name, row, random));
      case DECIMAL -> ((DecimalColumnVector) vector).vector[at].set(
          HiveDecimal.create(
              new BigDecimal(
                  new BigInteger(random.nextInt(type.getPrecision() * 3), random)
                      .multiply(BigInteger.valueOf(random.nextBoolean() ? 1 : -1)),
                  type.getScale())));
      case DATE -> ((DateColumnVector) vector).vector[at] =
          row % 50 == 3
              ? LocalDate.of(1 + row, 2, 28).toEpochDay()
              : LocalDate.of(2000, 1, 1).toEpochDay() + random.nextInt(20_000) - 15_000;
      case TIMESTAMP, TIMESTAMP_INSTANT -> timestamp((TimestampColumnVector) vector, at, row, random);
      case STRUCT -> {
        StructColumnVector struct = (StructColumnVector) vector;
        for (int i = 0; i < struct.fields.length; i++) {
          put(
              struct.fields[i],
              at,
              type.getChildren().get(i),
              type.getFieldNames().get(i),
              row,
              random);
        }
      }
      case LIST -> {
        ListColumnVector list = (ListColumnVector) vector;
        int count = row % 60 == 0 ? 40 : random.nextInt(4);
        list.offsets[at] = list.childCount;
        list.lengths[at] = count;
        list.childCount += count;
        list.child.ensureSize(list.childCount, true);
        for (int i = 0; i < count; i++) {
          put(
              list.child,
              (int) list.offsets[at] + i,
              type.getChildren().get(0),
              name + "e",
              row + i,
              random);
        }
      }
      case UNION -> {
        UnionColumnVector union = (UnionColumnVector) vector;
        union.tags[at] = row % 2;
        put(union.fields[row % 2], at, type.getChildren().get(row % 2), name, row, random);
      }
      case MAP -> {
        MapColumnVector map = (MapColumnVector) vector;
        int count = random.nextInt(3);
        map.offsets[at] = map.childCount;
        map.lengths[at] = count;
        map.childCount += count;
        map.keys.ensureSize(map.childCount, true);
        map.values.ensureSize(map.childCount, true);
        for (int i = 0; i < count; i++) {
          int to = (int) map.offsets[at] + i;
          if (map.keys instanceof BytesColumnVector keys) {
            keys.setVal(to, ("key " + i).getBytes(StandardCharsets.UTF_8));
          } else {
            ((LongColumnVector) map.keys).vector[to] = i * 7;
          }
          put(map.values, to, type.getChildren().get(1), name + "v", row + i, random);
        }
      }
      default -> throw new IllegalArgumentException(type.toString());
    }
  }

  /** Integers that lead to each form of runs. */
  private static long integer(TypeDescription type, String name, int row, Random random) {
    return switch (name) {
      case "id" -> row;
      case "steady" -> row / 400;
      case "rising" -> row * 1000L + random.nextInt(900);
      case "falling" -> -3 * row;
      case "outliers" -> random.nextInt(50) == 0 ? random.nextLong() >>> 12 : random.nextInt(100);
      case "noise" -> random.nextLong();
      default ->
          switch (type.getCategory()) {
            case BYTE -> row % 90 < 50 ? 17 : (byte) random.nextInt();
            case SHORT -> (short) random.nextInt();
            case INT -> row == 5 ? Integer.MIN_VALUE : random.nextInt(1 << random.nextInt(31));
            default -> row == 6 ? Long.MIN_VALUE : random.nextLong() >> random.nextInt(64);
          };
    };
  }

  private static byte[] bytes(TypeDescription type, String name, int row, Random random) {
    if (type.getCategory() == TypeDescription.Category.BINARY) {
      byte[] bytes = new byte[random.nextInt(20)];
      random.nextBytes(bytes);
      return bytes;
    }
    String text =
        switch (name) {
          case "line" -> "line " + random.nextLong() + (row == 77 ? "-".repeat(5000) : " Grüße 🚀");
          case "code" -> "c" + random.nextInt(900);
          default -> random.nextInt(9) == 0 ? "" : "word " + random.nextInt(30);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Seconds before 1970 that are not whole do not survive the library if they are -0.9 to -0.1. */
  private static void timestamp(TimestampColumnVector vector, int at, int row, Random random) {
    long second =
        switch (row % 30) {
          case 1 -> LocalDateTime.of(1900 + row % 60, 5, 6, 7, 8, 9).toEpochSecond(ZoneOffset.UTC);
          case 2 -> LocalDateTime.of(2024, 3, 10, row % 24, 30, 0).toEpochSecond(ZoneOffset.UTC);
          case 3 -> LocalDateTime.of(2024, 11, 3, row % 24, 30, 0).toEpochSecond(ZoneOffset.UTC);
          case 4 -> LocalDateTime.of(1200 + row, 3, 1, 1, 2, 3).toEpochSecond(ZoneOffset.UTC);
          default -> 1_500_000_000L + random.nextInt(500_000_000);
        };
    int nanos = row % 5 == 0 ? 0 : random.nextInt(1_000_000) * (row % 3 == 0 ? 1000 : 1);
    if (row % 7 == 0) {
      nanos = 120_000_000;
    }
    vector.time[at] = second * 1000 + nanos / 1_000_000;
    vector.nanos[at] = nanos;
  }
}
