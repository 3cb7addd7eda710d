package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.frazil.error.EngineException;
import dev.frazil.testing.DuckDbRunner;
import dev.frazil.testing.EngineRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.io.OutputFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of the types geometry and geography (Iceberg spec, version 3). */
class GeometryColumnsTest {
  private static final String V3 = " WITH (\"format-version\" = '3')";

  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  private List<String> rows(String sql) {
    return frazil.query(sql).lines();
  }

  private void places() {
    frazil.script(
        "CREATE TABLE p (id integer, g geometry, m geometry('srid:3857'), w geography, v"
            + " geography('OGC:CRS84', karney), n row(g geometry), l array(geometry))"
            + V3,
        """
        INSERT INTO p VALUES
          (1, 'POINT (13.4 52.5)', 'POINT (1491681 6891041)', 'POINT (13.4 52.5)', 'POINT (1 2)',
           ROW(ST_Point(1, 2)), ARRAY[ST_Point(3, 4), NULL]),
          (2, ST_GeomFromText('LINESTRING (-3 7, 20 -5)'), NULL, ST_GeogFromText('POINT (0 0)'), NULL, NULL, ARRAY[]),
          (3, NULL, NULL, NULL, NULL, ROW(NULL), NULL)""");
  }

  @Test
  void valuesAreWrittenAndRead() {
    places();
    assertThat(rows("SELECT id, g, m, w, v, n, l FROM p ORDER BY id"))
        .containsExactly(
            "1 | POINT (13.4 52.5) | POINT (1491681 6891041) | POINT (13.4 52.5) | POINT (1 2) |"
                + " [POINT (1 2)] | [POINT (3 4), NULL]",
            "2 | LINESTRING (-3 7, 20 -5) | NULL | POINT (0 0) | NULL | NULL | []",
            "3 | NULL | NULL | NULL | NULL | [NULL] | NULL");
    assertThat(rows("SELECT id FROM p WHERE g IS NULL")).containsExactly("3");
    assertThat(rows("SELECT id FROM p WHERE g = ST_Point(13.4, 52.5)")).containsExactly("1");
    assertThat(rows("SELECT id, ST_SRID(g), ST_SRID(m), ST_X(n.g) FROM p WHERE id = 1"))
        .containsExactly("1 | 4326 | 3857 | 1");
    frazil.update("UPDATE p SET g = ST_Point(id, 0), m = CAST(m AS varbinary) WHERE id < 3");
    frazil.update("DELETE FROM p WHERE id = 3");
    assertThat(rows("SELECT id, ST_AsText(g), m FROM p ORDER BY id"))
        .containsExactly("1 | POINT (1 0) | POINT (1491681 6891041)", "2 | POINT (2 0) | NULL");
    assertThat(rows("SHOW CREATE TABLE p").toString())
        .contains("g geometry,", "m geometry('srid:3857')", "v geography('OGC:CRS84', karney)");
    frazil.script("CREATE TABLE c" + V3 + " AS SELECT m, v FROM p");
    assertThat(rows("SHOW CREATE TABLE c").toString())
        .contains("m geometry('srid:3857')", "v geography('OGC:CRS84', karney)");
  }

  /**
   * A file of the generic writer of iceberg-parquet 1.12.0 with parquet-java 1.18.1. Its bounds
   * were the same, byte for byte, as those of a file of ours with these rows.
   */
  @Test
  void filesOfIcebergsWriterAreRead() throws IOException {
    frazil.script(
        "CREATE TABLE t (id integer, g geometry, m geometry('srid:3857'), w geography, v"
            + " geography('OGC:CRS84', karney), l array(geometry), n timestamp(9), z timestamp(9)"
            + " with time zone, r row(g geometry, z geography))"
            + V3);
    byte[] file;
    try (InputStream in =
        GeometryColumnsTest.class.getResourceAsStream("iceberg/geometry-1.12.parquet")) {
      file = in.readAllBytes();
    }
    frazil.change(
        "t",
        table -> {
          OutputFile output = table.io().newOutputFile(table.location() + "/data/theirs.parquet");
          try (OutputStream out = output.create()) {
            out.write(file);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return table
              .newAppend()
              .appendFile(
                  DataFiles.builder(table.spec())
                      .withPath(output.location())
                      .withFormat(FileFormat.PARQUET)
                      .withFileSizeInBytes(file.length)
                      .withRecordCount(3)
                      .build());
        });
    assertThat(rows("SELECT * FROM t ORDER BY id"))
        .containsExactly(
            "1 | POINT (13.4 52.5) | POINT ZM (1 2 3 4) | POINT (13.4 52.5) | POINT (1 2) | [POINT (3"
                + " 4), NULL] | 2026-01-01T00:00:00.000000001 | 2026-01-01T00:00:00.000000001Z |"
                + " [POINT (7 8), NULL]",
            "2 | POLYGON ((-3 7, 20 -5, 1 1, -3 7)) | NULL | LINESTRING (170 0, -170 5) | NULL | [] |"
                + " NULL | NULL | NULL",
            "3 | POINT EMPTY | MULTIPOINT ((1 2), (3 4)) | NULL | NULL | NULL | NULL | NULL | [POINT"
                + " (-1 -1), POINT (0 0)]");
    assertThat(rows("SELECT id FROM t WHERE n = TIMESTAMP '2026-01-01 00:00:00.000000001'"))
        .containsExactly("1");
  }

  /** Points of the spec, Appendix D: little-endian doubles, x before y. */
  @Test
  void filesAndManifestsHaveBoxes() {
    places();
    String file = rows("SELECT DISTINCT _file FROM p").get(0);
    String x = rows("SELECT to_hex(lower_bounds[2]), to_hex(upper_bounds[2]) FROM p$files").get(0);
    assertThat(x)
        .isEqualTo(
            "00000000000008C0"
                + "00000000000014C0"
                + " | "
                + "0000000000003440"
                + "0000000000404A40");
    assertThat(rows("SELECT lower_bounds[4], value_counts[4], null_value_counts[4] FROM p$files"))
        .containsExactly("NULL | 3 | 1");
    try (DuckDbRunner duckDb = new DuckDbRunner()) {
      assertThat(
              duckDb
                  .query(
                      "SELECT name, logical_type FROM parquet_schema('"
                          + file
                          + "') WHERE name IN ('m', 'v')")
                  .lines()
                  .toString())
          .contains("srid:3857", "KARNEY");
      assertThat(
              duckDb
                  .query(
                      "SELECT geo_bbox, geo_types FROM parquet_metadata('"
                          + file
                          + "') WHERE path_in_schema = 'g'")
                  .lines()
                  .toString())
          .contains("[-3, 20, -5, 52.5, NULL, NULL, NULL, NULL]", "[point, linestring]");
    }
  }

  /** What a client copies out comes back the same. */
  @Test
  void casts() {
    assertThat(
            rows(
                "SELECT CAST(CAST('POINT (1 2)' AS geometry) AS varchar),"
                    + " CAST(CAST(ST_Point(1, 2) AS varbinary) AS geography('srid:4979')),"
                    + " CAST(ARRAY['POINT Z (1 2 3)'] AS array(geometry)),"
                    + " TRY_CAST('nowhere' AS geometry), to_json(ST_Point(1, 2))"))
        .containsExactly("POINT (1 2) | POINT (1 2) | [POINT Z (1 2 3)] | NULL | \"POINT (1 2)\"");
    assertThat(
            rows(
                "SELECT ARRAY[CAST('POINT (1 2)' AS geometry), CAST(NULL AS geometry)],"
                    + " CASE WHEN 1 > 2 THEN ST_Point(1, 1) ELSE CAST(NULL AS geometry) END"))
        .containsExactly("[POINT (1 2), NULL] | NULL");
  }

  /** Types that Calcite's parser does not know by these names. */
  @Test
  void castsNameTypesAsTablesDo() {
    assertThat(
            rows(
                "SELECT CAST(X'00ff' AS fixed(2)), typeof(CAST(NULL AS fixed(2))), typeof(CAST(NULL"
                    + " AS geography('OGC:CRS84', karney))), CAST(ARRAY[X'01'] AS array(fixed(1)))"))
        .containsExactly("x'00ff' | fixed(2) | geography('OGC:CRS84', karney) | [x'01']");
  }

  /** Forms of the OGC's text, as DuckDB's and PostGIS' pages show them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "point(1 2); POINT (1 2); 1",
        "POINT EMPTY; POINT EMPTY; 0",
        "POINT M (1 2 3); POINT M (1 2 3); 1",
        "POINTZM(1 2 3 4); POINT ZM (1 2 3 4); 1",
        "LINESTRING (0.1 1e20, -0.000000123 1); LINESTRING (0.1 1.0E20, -1.23E-7 1); 2",
        "LINESTRING(1 2 3, 4 5 6); LINESTRING Z (1 2 3, 4 5 6); 2",
        "POLYGON ((0 0,9 0,9 9,0 0),(1 1,2 1,2 2,1 1)); POLYGON ((0 0, 9 0, 9 9, 0 0), (1 1, 2 1, 2 2, 1 1)); 8",
        "MULTIPOINT (1 2, 3 4); MULTIPOINT ((1 2), (3 4)); 2",
        "MULTIPOINT ((1 2), EMPTY); MULTIPOINT ((1 2), EMPTY); 1",
        "MULTILINESTRING ((0 0, 1 1), (2 2, 3 3)); MULTILINESTRING ((0 0, 1 1), (2 2, 3 3)); 4",
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0))); MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0))); 4",
        "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING EMPTY); GEOMETRYCOLLECTION (POINT (1 2), LINESTRING EMPTY); 1",
        "GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (MULTIPOINT ((1 2)))); GEOMETRYCOLLECTION (GEOMETRYCOLLECTION (MULTIPOINT ((1 2)))); 1"
      })
  void textsAreRead(String given, String shown, int points) {
    assertThat(
            rows(
                "SELECT ST_AsText(g), ST_NPoints(g), ST_GeomFromWKB(ST_AsBinary(g)) = g FROM (VALUES"
                    + " (ST_GeomFromText('"
                    + given
                    + "'))) AS t (g)"))
        .containsExactly(shown + " | " + points + " | true");
  }

  /** Bytes of PostGIS' page on ST_AsBinary and of the standard, in both byte orders. */
  @ParameterizedTest
  @CsvSource({
    "01010000000000000000000040000000000000F03F, POINT (2 1)",
    "00000000014000000000000000 3FF0000000000000, POINT (2 1)",
    "0000000BB9 3FF0000000000000400000000000000040080000000000004010000000000000, POINT ZM (1 2 3 4)",
    "0101000000000000000000F87F000000000000F87F, POINT EMPTY",
    "01040000000100000000000000014000000000000000 3FF0000000000000, MULTIPOINT ((2 1))",
    "0101000020E610000000000000000000400000000000F03F, flags of EWKB",
    "0108000000, code 8",
    "02, ends early",
    "0201000000, byte order",
    "010200000003000000, ends early",
    "0102000000FFFFFFFF, a count is 4294967295",
    "01040000000100000001020000000000000000, has no part",
    "0101000000000000000000F03F000000000000F03F00, bytes follow"
  })
  void bytesAreRead(String hex, String shown) {
    String sql = "SELECT ST_GeomFromWKB(X'" + hex.replace(" ", "") + "')";
    if (shown.startsWith("POINT") || shown.startsWith("MULTI")) {
      assertThat(rows(sql)).containsExactly(shown);
    } else {
      EngineException failure =
          catchThrowableOfType(EngineException.class, () -> frazil.query(sql));
      assertThat(failure.state().code()).isEqualTo("22018");
      assertThat(failure).hasMessageContaining(shown);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "INSERT INTO p (g) VALUES ('POINT (1)'); 22018; number",
        "INSERT INTO p (g) VALUES (X'00'); 22018; ends early",
        "INSERT INTO p (g) VALUES (5); 42804; geometry",
        "INSERT INTO p (m) SELECT g FROM p; 42804; srid:3857",
        "INSERT INTO p (w) SELECT g FROM p; 42804; geography",
        "SELECT id FROM p WHERE g < g; 42804; geometry",
        "CREATE TABLE q (g geometry); 0A000; format-version",
        "CREATE TABLE q (g geometry, id int) PARTITIONED BY (g) WITH (\"format-version\" = '3'); 42804; geometry",
        "CREATE TABLE q (g geometry DEFAULT 'POINT (1 2)') WITH (\"format-version\" = '3'); 42804; CAST it",
        "CREATE TABLE q (g geometry PRIMARY KEY) WITH (\"format-version\" = '3'); 42804; geometry",
        "SELECT max(g) FROM p; 42804; geometry",
        "SELECT CAST(g AS geometry('srid:3857')) FROM p; 42804; srid:3857",
        "SELECT g FROM p UNION SELECT m FROM p; 42804; UNION",
        "SELECT ST_X(g) FROM p WHERE id = 2; 22023; a point, not a LineString",
        "CREATE TABLE q (g geography('OGC:CRS84', flat)); 42601; spherical"
      })
  void whatCannotBeIsRefused(String sql, String state, String fragment) {
    places();
    EngineException failure =
        catchThrowableOfType(
            EngineException.class,
            () -> {
              if (sql.startsWith("SELECT")) {
                frazil.query(sql);
              } else {
                frazil.execute(sql);
              }
            });
    assertThat(failure).as(sql).isNotNull();
    assertThat(failure.state().code()).as(failure.getMessage()).isEqualTo(state);
    assertThat(failure).hasMessageContaining(fragment);
  }
}
