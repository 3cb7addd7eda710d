package dev.frazil.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Iceberg's own library, without Spark, reads the files that Frazil wrote, and writes the same rows
 * again: the manifests must tell the same of both files.
 */
class FrazilFilesInIcebergTest {
  private static final String CREATE =
      """
      CREATE TABLE $T (id integer, v $P, a array($P), m map(integer, $P), k map($P, integer),
        r row(x $P, y integer), am array(map(integer, $P)), ma map(integer, array($P)), ra row(z array($P)),
        ara array(row(q array($P))), mrm map(integer, row(w map(integer, $P))), rrr row(a row(b row(c $P))))
      WITH ("format-version" = '3')""";

  private static final String INSERT =
      """
      INSERT INTO $T VALUES
        (1, $V, ARRAY[$V, $N, $V], MAP[1, $V], MAP[$V, 1], ROW($V, 1), ARRAY[MAP[1, $V], NULL],
         MAP[1, ARRAY[$V, $N]], ROW(ARRAY[$V]), ARRAY[ROW(ARRAY[$V, $N]), NULL, ROW(NULL), ROW($E)],
         MAP[1, ROW(MAP[2, $V])], ROW(ROW(ROW($V)))),
        (2, $N, $E, MAP[1, $N], NULL, ROW($N, NULL), ARRAY[], MAP[1, $E], ROW($E), ARRAY[],
         MAP[1, ROW(NULL)], ROW(ROW(NULL))),
        (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)""";

  @TempDir static Path folder;

  private static FrazilProcess frazil;

  @BeforeAll
  static void start() throws IOException {
    frazil = new FrazilProcess("jdbc:iceberg:" + folder.resolve("database"));
  }

  @AfterAll
  static void stop() throws IOException {
    frazil.close();
  }

  private static Table table(String name) {
    return new BaseTable(
        new StaticTableOperations(
            frazil.metadata(name).toString(), new HadoopFileIO(new Configuration())),
        name);
  }

  private static List<Record> records(Table table) throws IOException {
    List<Record> records = new ArrayList<>();
    try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
      rows.forEach(row -> records.add(row.copy()));
    }
    return records;
  }

  private static void sameRows(String name) throws IOException {
    assertThat(records(table(name)).stream().map(GenericText::line))
        .containsExactlyInAnyOrderElementsOf(frazil.query("SELECT * FROM " + name));
  }

  /** A type in every place, three deep, with nulls and empty lists everywhere. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "boolean; true",
        "integer; -2147483648",
        "bigint; 9223372036854775807",
        "real; CAST('NaN' AS real)",
        "double; -2.25e100",
        "decimal(9, 2); -1234567.89",
        "decimal(18, 6); 123456789012.654321",
        "decimal(38, 10); -1234567890123456789012345678.0123456789",
        "date; DATE '1969-12-31'",
        "time; TIME '23:59:59'",
        "timestamp; TIMESTAMP '1583-01-01 00:00:00.000001'",
        "timestamp with time zone; TIMESTAMP '2262-04-11 23:47:16.854775+00:00'",
        "timestamp(9); TIMESTAMP '1969-12-31 23:59:59.999999999'",
        "timestamp(9) with time zone; TIMESTAMP '2026-01-01 00:00:00.000000001+00:00'",
        "varchar; 'Grüße 𝄞'",
        "uuid; CAST('f79c3e09-677c-4bbd-a479-3f349cb785e7' AS uuid)"
      })
  void everyTypeInEveryPlace(String type, String value) throws IOException {
    String table = "n_" + type.replaceAll("[^a-z0-9]+", "_");
    for (String statement : List.of(CREATE, INSERT)) {
      frazil.run(
          statement
              .replace("$T", table)
              .replace("$V", "CAST(" + value + " AS $P)")
              .replace("$N", "CAST(NULL AS $P)")
              .replace("$E", "CAST(ARRAY[] AS array($P))")
              .replace("$P", type));
    }
    sameRows(table);
    sameMetrics(table);
  }

  /** Bounds longer than they may be, not a number, nulls only; under every mode of metrics. */
  @ParameterizedTest
  @ValueSource(strings = {"truncate(16)", "full", "truncate(1)", "counts", "none"})
  void boundsAndCounts(String mode) throws IOException {
    String table = "s_" + mode.replaceAll("[^a-z0-9]+", "_");
    frazil.run(
        "CREATE TABLE "
            + table
            + " (id bigint NOT NULL, s varchar, e varchar, b varbinary, f fixed(20), u uuid, r real, d double, n"
            + " double, z double, c decimal(20, 3), day date, none integer, t boolean, o row(s varchar, d double, p row(i"
            + " integer)), l array(double)) WITH (\"write.metadata.metrics.default\" = '"
            + mode
            + "', \"write.metadata.metrics.column.e\" = 'truncate(3)')",
        "INSERT INTO "
            + table
            + " VALUES (1, 'a text that is longer than sixteen', '𝄞𝄞𝄞𝄞', X'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF',"
            + " X'0102030405060708090A0B0C0D0E0F1011121314', CAST('f79c3e09-677c-4bbd-a479-3f349cb785e7' AS uuid),"
            + " CAST('NaN' AS real), CAST('-Infinity' AS double), CAST('NaN' AS double), 0e0, -1.5, DATE '1969-12-31',"
            + " NULL, false, ROW('zzzzzzzzzzzzzzzzzzzzz', CAST('NaN' AS double), ROW(7)), ARRAY[1e0, CAST('NaN' AS"
            + " double)]), (2, 'b', U&'\\FFFF\\FFFF\\FFFF\\FFFF', X'00010203040506070809FFFFFFFFFFFFFFFFFF',"
            + " X'FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF', CAST('00000000-0000-0000-0000-000000000001' AS uuid), 1.5,"
            + " 2e300, CAST('NaN' AS double), -0e0, 99999999999999999.999, DATE '2026-02-28', NULL, true, ROW(NULL,"
            + " -1e0, NULL), ARRAY[]), (3, NULL, '', NULL, NULL, NULL, NULL, CAST('NaN' AS double), NULL, NULL, NULL,"
            + " NULL, NULL, NULL, NULL, NULL)");
    sameRows(table);
    sameMetrics(table);
  }

  /** Writes the rows of each file again, in their order, and compares what is told of both. */
  private static void sameMetrics(String name) throws IOException {
    Table table = table(name);
    List<Record> rows = records(table);
    List<DataFile> ours = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = table.newScan().includeColumnStats().planFiles()) {
      tasks.forEach(task -> ours.add(task.file().copy()));
    }
    assertThat(ours).hasSize(1);
    DataWriter<Record> writer =
        Parquet.writeData(table.io().newOutputFile(folder.resolve(name + ".parquet").toString()))
            .schema(table.schema())
            .createWriterFunc(GenericParquetWriter::create)
            .withSpec(PartitionSpec.unpartitioned())
            .metricsConfig(MetricsConfig.forTable(table))
            .build();
    try (writer) {
      rows.forEach(writer::write);
    }
    DataFile theirs = writer.toDataFile();
    assertThat(shown(table, ours.get(0))).isEqualTo(shown(table, theirs));
  }

  /**
   * Iceberg's writer does not count floating-point numbers of rows whose struct is null, where it
   * counts all else: there only the numbers that are there are compared.
   */
  private static void countPresent(Map<String, String> columns, Table table) {
    for (String name : List.of("r.x", "rrr.a.b.c", "o.d")) {
      Types.NestedField field = table.schema().findField(name);
      boolean isFloating =
          field != null
              && (field.type().equals(Types.FloatType.get())
                  || field.type().equals(Types.DoubleType.get()));
      String values = columns.get(name + " values");
      if (isFloating && values != null) {
        long nulls = Long.parseLong(columns.remove(name + " nulls"));
        columns.put(name + " values", String.valueOf(Long.parseLong(values) - nulls));
      }
    }
  }

  /** What is told of each column; sizes are each writer's own. */
  private static Map<String, String> shown(Table table, DataFile file) {
    Map<String, String> columns = new TreeMap<>();
    columns.put("", String.valueOf(file.recordCount()));
    put(columns, table, "values", file.valueCounts());
    put(columns, table, "nulls", file.nullValueCounts());
    put(columns, table, "nans", file.nanValueCounts());
    put(columns, table, "lower", file.lowerBounds());
    put(columns, table, "upper", file.upperBounds());
    countPresent(columns, table);
    return columns;
  }

  private static void put(
      Map<String, String> columns, Table table, String what, @Nullable Map<Integer, ?> metrics) {
    if (metrics == null) {
      return;
    }
    metrics.forEach(
        (id, value) -> {
          Types.NestedField field = table.schema().findField(id);
          Object shown =
              value instanceof ByteBuffer bytes
                  ? Conversions.fromByteBuffer(field.type(), bytes)
                  : value;
          columns.put(
              table.schema().findColumnName(id) + " " + what,
              shown instanceof ByteBuffer bytes ? hex(bytes) : unsigned(String.valueOf(shown)));
        });
  }

  /** Frazil follows Parquet's rule: a lower bound of zero is the negative one, an upper not. */
  private static String unsigned(String shown) {
    return shown.equals("-0.0") ? "0.0" : shown;
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return JdbcText.scalar(copy);
  }
}
