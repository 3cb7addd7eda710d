package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import dev.frazil.testing.FastFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Imported files without field ids: found by {@code schema.name-mapping.default} (Iceberg spec,
 * "Name Mapping Serialization"); without it as Iceberg does, Parquet columns by position and Avro
 * fields by name. DuckDB and Avro's generic writer made the files.
 */
class NameMappingTest {
  private static final Schema AVRO =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "imported", "fields": [
                {"name": "tags", "type": {"type": "array", "items": "string"}},
                {"name": "id", "type": "int"},
                {"name": "place", "type": ["null", {"type": "record", "name": "p", "fields": [
                  {"name": "town", "type": ["string", "null"]}, {"name": "zip", "type": "int"}]}]},
                {"name": "counts", "type": {"type": "map", "values": ["null", "long"]}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                {"name": "kind", "type": {"type": "enum", "name": "k", "symbols": ["small", "LARGE"]}}]}
              """);

  private FastFolder folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    folder = FastFolder.create();
    frazil = EngineRunner.local(folder.path());
    frazil.update(
        "CREATE TABLE t (id integer, place row(zip integer, town varchar), tags array(varchar),"
            + " counts map(varchar, bigint), at timestamp with time zone, kind varchar)");
  }

  @AfterEach
  void close() {
    frazil.close();
    folder.close();
  }

  private void addMapping() {
    frazil.change(
        "t",
        table ->
            table
                .updateProperties()
                .set(
                    TableProperties.DEFAULT_NAME_MAPPING,
                    NameMappingParser.toJson(MappingUtil.create(table.schema()))));
  }

  private void add(FileFormat format) {
    frazil.change(
        "t",
        table -> {
          Path data = Path.of(path(table.location()));
          return table
              .newAppend()
              .appendFile(format == FileFormat.AVRO ? avro(data) : parquet(data));
        });
  }

  private static String path(String location) {
    return location.replaceFirst("^file:/*", "/");
  }

  private static DataFile file(File file, FileFormat format) {
    return DataFiles.builder(PartitionSpec.unpartitioned())
        .withPath(file.toString())
        .withFormat(format)
        .withRecordCount(2)
        .withFileSizeInBytes(file.length())
        .build();
  }

  private static DataFile parquet(Path table) {
    File file = table.resolve("imported.parquet").toFile();
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      duckDb.execute(
          "COPY (SELECT ['a', 'b'] AS tags, 1::integer AS id, {'town': 'Ulm', 'zip': 89} AS place,"
              + " MAP {'x': 7::bigint} AS counts, TIMESTAMPTZ '2024-02-29 12:00:00.001+00' AS at,"
              + " 'LARGE' AS kind UNION ALL BY NAME SELECT [] AS tags, 2::integer AS id, NULL AS"
              + " place, MAP {'y': NULL::bigint} AS counts, TIMESTAMPTZ '1970-01-01 00:00:00+00' AS"
              + " at, 'small' AS kind) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    return file(file, FileFormat.PARQUET);
  }

  private static DataFile avro(Path table) {
    File file = table.resolve("imported.avro").toFile();
    try {
      Files.createDirectories(table);
      try (DataFileWriter<Object> out = new DataFileWriter<>(new GenericDatumWriter<>())) {
        out.create(AVRO, file);
        Schema place = AVRO.getField("place").schema().getTypes().get(1);
        GenericData.Record town = new GenericData.Record(place);
        town.put("town", "Ulm");
        town.put("zip", 89);
        out.append(row(List.of("a", "b"), 1, town, Map.of("x", 7L), 1_709_208_000_001L, "LARGE"));
        Map<String, Long> counts = new java.util.HashMap<>();
        counts.put("y", null);
        out.append(row(List.of(), 2, null, counts, 0L, "small"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file(file, FileFormat.AVRO);
  }

  private static GenericData.Record row(Object... values) {
    GenericData.Record record = new GenericData.Record(AVRO);
    for (int i = 0; i < values.length - 1; i++) {
      record.put(i, values[i]);
    }
    record.put(
        values.length - 1,
        new GenericData.EnumSymbol(AVRO.getField("kind").schema(), values[values.length - 1]));
    return record;
  }

  @ParameterizedTest
  @EnumSource(names = {"PARQUET", "AVRO"})
  void columnsAreFoundByTheirMappedNames(FileFormat format) {
    addMapping();
    add(format);
    String[] rows = {
      "1 | [89, Ulm] | [a, b] | {x=7} | 2024-02-29T12:00:00.001Z | LARGE",
      "2 | NULL | [] | {y=NULL} | 1970-01-01T00:00:00Z | small"
    };
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly(rows);
    frazil.change(
        "t",
        table ->
            table
                .updateSchema()
                .renameColumn("id", "number")
                .renameColumn("place", "spot")
                .renameColumn("place.town", "city")
                .renameColumn("kind", "size"));
    assertThat(frazil.query("SELECT * FROM t").sorted()).containsExactly(rows);
    assertThat(
            frazil.query("SELECT t.spot.city FROM t WHERE number = 1 AND size = 'LARGE'").lines())
        .containsExactly("Ulm");
    // Iceberg gives a name of the mapping to the new column of that name.
    frazil.change("t", table -> table.updateSchema().deleteColumn("size"));
    frazil.change(
        "t",
        table ->
            table
                .updateSchema()
                .addColumn("kind", org.apache.iceberg.types.Types.StringType.get()));
    assertThat(frazil.query("SELECT number, kind FROM t").sorted())
        .containsExactly("1 | LARGE", "2 | small");
    frazil.update("UPDATE t SET kind = 'set' WHERE number = 2");
    assertThat(frazil.query("SELECT number, kind, t.spot.city FROM t").sorted())
        .containsExactly("1 | LARGE | Ulm", "2 | set | NULL");
  }

  @Test
  void withoutAMappingAvroIsReadByName() {
    add(FileFormat.AVRO);
    assertThat(frazil.query("SELECT id, t.place.zip, counts, kind FROM t").sorted())
        .containsExactly("1 | 89 | {x=7} | LARGE", "2 | NULL | {y=NULL} | small");
    frazil.change("t", table -> table.updateSchema().renameColumn("kind", "size"));
    assertThat(frazil.query("SELECT size FROM t WHERE id = 1").lines()).containsExactly("NULL");
  }

  /** The first column of the file is that of field id 1, whatever the names. */
  @Test
  void withoutAMappingParquetIsReadByPosition() {
    frazil.update("CREATE TABLE p (tags array(varchar), id integer)");
    frazil.change(
        "p",
        table -> {
          Path data = Path.of(path(table.location()));
          try {
            Files.createDirectories(data);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return table.newAppend().appendFile(parquet(data));
        });
    frazil.change("p", table -> table.updateSchema().renameColumn("id", "number"));
    assertThat(frazil.query("SELECT number, tags FROM p").sorted())
        .containsExactly("1 | [a, b]", "2 | []");
  }
}
