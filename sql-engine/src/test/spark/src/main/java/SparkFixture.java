import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spark's side of the tests: writes the warehouse of {@code SparkWarehouseTest} and Spark's own
 * answers to its queries, loads TPC-H tables for the benchmark, and reads tables of Frazil. See
 * README.md.
 */
public final class SparkFixture {
  private static final List<String> TPCH =
      List.of("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem");

  private SparkFixture() {}

  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "fixture" ->
          fixture(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]), "");
      case "orc" ->
          fixture(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]), "orc-");
      case "tpch" -> tpch(Path.of(arguments[1]), Path.of(arguments[2]));
      case "read" -> read(Path.of(arguments[1]), arguments[2]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static SparkSession session(Path warehouse) {
    return SparkSession.builder()
        .master("local[1]")
        .appName("fixture")
        .config("spark.ui.enabled", false)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", 1)
        .config("spark.sql.datetime.java8API.enabled", true)
        .config("spark.sql.parquet.int96RebaseModeInWrite", "CORRECTED")
        .config("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED")
        .config("spark.sql.warehouse.dir", warehouse + "-spark")
        .config(
            "spark.sql.extensions",
            "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions")
        .config("spark.sql.catalog.local", "org.apache.iceberg.spark.SparkCatalog")
        .config("spark.sql.catalog.local.type", "hadoop")
        .config("spark.sql.catalog.local.warehouse", "file:" + warehouse)
        .config("spark.sql.catalog.local.cache-enabled", false)
        .getOrCreate();
  }

  /** Runs warehouse.sql in an empty warehouse, answers queries.sql, packs both. */
  private static void fixture(Path scripts, Path warehouse, Path resources, String prefix)
      throws IOException {
    delete(warehouse);
    delete(Path.of(warehouse + "-spark"));
    try (SparkSession spark = session(warehouse)) {
      for (String statement : statements(scripts.resolve(prefix + "warehouse.sql"))) {
        System.out.println(statement.lines().findFirst().orElse(""));
        spark.sql(statement.replace("${warehouse}", warehouse.toString())).collectAsList();
      }
      boolean isOrc = prefix.equals("orc-");
      List<Row> snapshots =
          isOrc
              ? List.of()
              : spark
                  .sql("SELECT snapshot_id, committed_at FROM local.db.history.snapshots ORDER BY 2")
                  .collectAsList();
      spark.sql("USE local").collectAsList();
      StringBuilder answers = new StringBuilder(isOrc ? OrcTables.write(warehouse) : "");
      for (String template : statements(scripts.resolve(prefix + "queries.sql"))) {
        String[] query = fill(template, snapshots).split("\nANSWERED BY ");
        answers.append("? ").append(query[0].replace('\n', ' ')).append('\n');
        spark.sql(query[query.length - 1]).collectAsList().stream()
            .map(SparkFixture::line)
            .sorted()
            .forEach(line -> answers.append("= ").append(line).append('\n'));
      }
      Files.createDirectories(resources);
      Files.writeString(resources.resolve(prefix + "answers.txt"), answers);
    }
    pack(warehouse, resources.resolve(prefix + "warehouse.zip.gz"));
  }

  private static String fill(String template, List<Row> snapshots) {
    Matcher matcher = Pattern.compile("\\$\\{(snapshot|time) ([0-9]+)}").matcher(template);
    return matcher.replaceAll(
        match -> {
          Row row = snapshots.get(Integer.parseInt(match.group(2)) - 1);
          return match.group(1).equals("snapshot")
              ? row.get(0).toString()
              : DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS")
                  .withZone(ZoneOffset.UTC)
                  .format((java.time.Instant) row.get(1));
        });
  }

  /** The TPC-H tables of a local database of Frazil to a warehouse, with Spark's defaults. */
  private static void tpch(Path database, Path warehouse) throws IOException {
    try (SparkSession spark = session(warehouse)) {
      spark.sql("CREATE NAMESPACE IF NOT EXISTS local.main").collectAsList();
      for (String table : TPCH) {
        spark.sql(
            "CREATE OR REPLACE TABLE local.main."
                + table
                + " USING iceberg AS SELECT * FROM parquet.`"
                + database.resolve("main/" + table + "-*/data")
                + "`");
        System.out.println(table);
      }
    }
  }

  /**
   * Prints the answer to SQL over the table t, of which a metadata file is given: the file becomes
   * the first version of a Hadoop table, whose data lies elsewhere.
   */
  private static void read(Path metadata, String sql) throws IOException {
    Path warehouse = Files.createTempDirectory("frazil-spark-read");
    Path folder = Files.createDirectories(warehouse.resolve("main/t/metadata"));
    Files.copy(metadata, folder.resolve("v1.metadata.json"));
    Files.writeString(folder.resolve("version-hint.text"), "1");
    try (SparkSession spark = session(warehouse)) {
      spark.sql("USE local.main").collectAsList();
      spark.sql(sql).collectAsList().stream().map(SparkFixture::line).forEach(System.out::println);
    }
  }

  private static List<String> statements(Path script) throws IOException {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : Files.readAllLines(script)) {
      if (line.isBlank() || line.startsWith("--")) {
        continue;
      }
      statement.append(line).append('\n');
      if (line.endsWith(";")) {
        statements.add(statement.substring(0, statement.length() - 2));
        statement.setLength(0);
      }
    }
    return statements;
  }

  private static String line(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.length(); i++) {
      values.add(text(row.get(i)));
    }
    return String.join(" | ", values);
  }

  /** The form that {@code ValueText} of the tests gives values. */
  static String text(Object value) {
    if (value == null) {
      return "NULL";
    } else if (value instanceof Double number) {
      return Double.isFinite(number)
          ? plain(new BigDecimal(number).round(new MathContext(10)))
          : number.toString();
    } else if (value instanceof Float number) {
      return Float.isFinite(number)
          ? plain(new BigDecimal(number).round(new MathContext(6)))
          : number.toString();
    } else if (value instanceof BigDecimal number) {
      return plain(number);
    } else if (value instanceof BigInteger number) {
      return plain(new BigDecimal(number));
    } else if (value instanceof Number number) {
      return number.toString();
    } else if (value instanceof Timestamp time) {
      return time.toInstant().toString();
    } else if (value instanceof byte[] bytes) {
      return "x'" + HexFormat.of().formatHex(bytes) + "'";
    } else if (value instanceof Row struct) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < struct.length(); i++) {
        fields.add(text(struct.get(i)));
      }
      return fields.toString();
    } else if (value instanceof scala.collection.Seq<?> list) {
      return CollectionConverters.asJava(list).stream().map(SparkFixture::text).toList().toString();
    } else if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      CollectionConverters.asJava(map).forEach((key, entry) -> sorted.put(text(key), text(entry)));
      return sorted.toString();
    } else if (value.getClass().isArray()) {
      return Arrays.stream((Object[]) value).map(SparkFixture::text).toList().toString();
    }
    return value.toString();
  }

  private static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  /** Entries are stored, and the whole is compressed: small files that are much alike. */
  private static void pack(Path folder, Path archive) throws IOException {
    try (ZipOutputStream out =
            new ZipOutputStream(
                new GZIPOutputStream(Files.newOutputStream(archive)), StandardCharsets.UTF_8);
        Stream<Path> files = Files.walk(folder)) {
      out.setMethod(ZipOutputStream.STORED);
      for (Path file : files.sorted().toList()) {
        if (file.equals(folder) || file.getFileName().toString().endsWith(".crc")) {
          continue;
        }
        boolean isFolder = Files.isDirectory(file);
        byte[] content = isFolder ? new byte[0] : Files.readAllBytes(file);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(folder.relativize(file) + (isFolder ? "/" : ""));
        entry.setLastModifiedTime(FileTime.fromMillis(315_532_800_000L));
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
