package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Variants in files of others, put together by hand after Apache Parquet's VariantShredding.md:
 * DuckDB writes the parts as the structs that they are in a file. Bytes in hexadecimal: {@code
 * 010000} is a dictionary of no names, {@code 0101000161} one of {@code a}.
 */
class ShreddedVariantsTest {
  private static final String NO_NAMES = "'\\x01\\x00\\x00'::BLOB";
  private static final String A = "'\\x01\\x01\\x00\\x01\\x61'::BLOB";
  private static final String A_AND_B = "'\\x01\\x02\\x00\\x01\\x02\\x61\\x62'::BLOB";
  private static final String NONE = "NULL::BLOB";

  /** The number 7 in one byte. */
  private static final String SEVEN = "'\\x0C\\x07'::BLOB";

  @TempDir Path folder;
  private EngineRunner frazil;
  private DuckDbRunner duckDb;
  private int files;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
    duckDb = new DuckDbRunner();
    frazil.update("CREATE TABLE t (v variant) WITH (\"format-version\" = '3')");
  }

  @AfterEach
  void close() {
    duckDb.close();
    frazil.close();
  }

  /** Adds a file of one row whose variant has these parts. */
  private void add(String parts) throws IOException {
    String location =
        frazil.query("SELECT \"file\" FROM t$metadata_log_entries LIMIT 1").lines().get(0);
    Path file =
        Path.of(location.replaceFirst("^file:/+", "/"))
            .resolveSibling("../data/parts-" + files++ + ".parquet")
            .normalize();
    Files.createDirectories(file.getParent());
    duckDb.execute(
        "COPY (SELECT "
            + parts
            + " AS v) TO '"
            + file
            + "' (FORMAT parquet, FIELD_IDS {v: {__duckdb_field_id: 1}})");
    DataFile data =
        DataFiles.builder(PartitionSpec.unpartitioned())
            .withPath(file.toString())
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(Files.size(file))
            .withRecordCount(1)
            .build();
    frazil.change("t", table -> table.newAppend().appendFile(data));
  }

  private List<String> read() {
    return frazil.query("SELECT v, to_json(v) FROM t").lines().stream()
        .map(line -> line.substring(line.indexOf(" | ") + 3))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "value: ${7}; 7",
        "value: ${none}, typed_value: 5::BIGINT; 5",
        "value: ${7}, typed_value: NULL::BIGINT; 7",
        "value: ${none}, typed_value: NULL::BIGINT; null",
        "value: ${none}, typed_value: 'text'; '\"text\"'",
        "value: ${none}, typed_value: true; true",
        "value: ${none}, typed_value: 1.50::DECIMAL(9,2); 1.50",
        "value: ${none}, typed_value: DATE '2024-02-29'; '\"2024-02-29\"'",
        "value: ${none}, typed_value: 2.5::DOUBLE; 2.5",
        "value: ${none}, typed_value: [{value: ${none}, typed_value: 1::INT},"
            + " {value: ${7}, typed_value: NULL}]; '[1,7]'",
        "value: ${none}, typed_value: NULL::STRUCT(value BLOB, typed_value INT)[]; null",
        "value: ${none}, typed_value: {a: {value: ${none}, typed_value: 1::INT},"
            + " b: {value: ${7}, typed_value: NULL::INT}}; '{\"a\":1,\"b\":7}'",
        "value: ${none}, typed_value: {a: {value: ${none}, typed_value: NULL::INT},"
            + " b: {value: ${7}, typed_value: NULL::INT}}; '{\"b\":7}'",
        // b is left in the bytes: an object of one field, whose name is the second one
        "value: '\\x02\\x01\\x01\\x00\\x02\\x0C\\x07'::BLOB, typed_value:"
            + " {a: {value: ${none}, typed_value: 1::INT}}; '{\"a\":1,\"b\":7}'",
        "value: ${none}, typed_value: {a: {value: ${none}, typed_value:"
            + " {b: {value: ${none}, typed_value: [{value: ${7}}]}}}}; '{\"a\":{\"b\":[7]}}'"
      })
  void partsMakeAVariant(String parts, String json) throws IOException {
    add("{metadata: " + A_AND_B + ", " + filled(parts) + "}");
    assertThat(read()).containsExactly(json);
  }

  private static String filled(String parts) {
    return parts.replace("${7}", SEVEN).replace("${none}", NONE);
  }

  @Test
  void aVariantOfSomeFilesIsShreddedInOthers() throws IOException {
    frazil.update("INSERT INTO t VALUES (parse_json('{\"a\": 3}')), (NULL)");
    add("{metadata: " + A + ", value: " + NONE + ", typed_value: {a: {value: " + SEVEN + "}}}");
    add("NULL::STRUCT(metadata BLOB, value BLOB)");
    assertThat(frazil.query("SELECT v:a::integer FROM t ORDER BY 1").lines())
        .containsExactly("3", "7", "NULL", "NULL");
    frazil.query(
        "CALL system.rewrite_data_files(table => 't', options => MAP['rewrite-all', 'true'])");
    assertThat(frazil.query("SELECT v:a::integer FROM t ORDER BY 1").lines())
        .containsExactly("3", "7", "NULL", "NULL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // the dictionary: no header, a second version, more names than bytes, names beyond the end
        "metadata: ''::BLOB, value: ${7}",
        "metadata: '\\x02\\x00\\x00'::BLOB, value: ${7}",
        "metadata: '\\xC1\\xFF\\xFF\\xFF\\xFF'::BLOB, value: ${7}",
        "metadata: '\\x01\\x01\\x00\\x7F\\x61'::BLOB, value: ${7}",
        "metadata: '\\x01\\x01\\x00\\x01\\xFF'::BLOB, value: ${7}",
        "metadata: ${none}, value: ${7}",
        // the value: none, cut, an unknown type, more than one, text that ends too late
        "metadata: ${names}, value: ''::BLOB",
        "metadata: ${names}, value: '\\x18\\x00'::BLOB",
        "metadata: ${names}, value: '\\xFC'::BLOB",
        "metadata: ${names}, value: '\\x00\\x00'::BLOB",
        "metadata: ${names}, value: '\\x40\\xFF\\xFF\\xFF\\x7F'::BLOB",
        // an object whose field has a name that is not there; an array of more than its bytes
        "metadata: ${names}, value: '\\x02\\x01\\x00\\x00\\x02\\x0C\\x07'::BLOB",
        "metadata: ${names}, value: '\\x13\\xFF\\xFF\\xFF\\x7F\\x00'::BLOB",
        // elements that overlap: two of the same bytes
        "metadata: ${names}, value: '\\x03\\x02\\x00\\x00\\x02\\x0C\\x07'::BLOB",
        // both at once; a field whose name the dictionary lacks
        "metadata: ${names}, value: ${7}, typed_value: 5::INT",
        "metadata: ${names}, value: ${7}, typed_value: {a: {value: ${7}}}",
        "metadata: ${names}, value: ${none}, typed_value: {a: {value: ${7}}}",
        "metadata: ${names}, value: ${none}, typed_value: [{value: '\\xFC'::BLOB}]"
      })
  void damagedBytesAreTold(String parts) throws IOException {
    add("{" + filled(parts).replace("${names}", NO_NAMES) + "}");
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> {
              assertThat(e.state()).as(e.getMessage()).isEqualTo(SqlState.DATA_CORRUPTED);
              assertThat(e.getMessage()).contains("parts-0.parquet").contains("variant");
            });
  }
}
