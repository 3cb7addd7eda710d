package dev.frazil.conformance;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a database spells in its own way; all else of the checks is standard SQL.
 *
 * @param name of the driver, for people
 * @param url of an empty database
 * @param prepare statements before the first check
 * @param types how a column of a kind is declared; a kind that is missing is not tried
 * @param literals the value of a kind where the standard's literal is not known
 * @param temporalsByParameter whether dates and times can only be written by parameters
 * @param traits what the database says it lacks; see {@link Trait}
 */
public record Dialect(
    String name,
    String url,
    List<String> prepare,
    Map<Kind, String> types,
    Map<Kind, String> literals,
    boolean temporalsByParameter,
    Set<Trait> traits) {

  /** What a database may lack. */
  enum Trait {
    /** No column of large binary objects that setBlob can write. */
    NO_BLOB,
    /** No CREATE SCHEMA. */
    NO_SCHEMA,
    /** No PRIMARY KEY in CREATE TABLE. */
    NO_PRIMARY_KEY,
    /** No transaction that writes. */
    AUTOCOMMIT_ONLY
  }

  private static final Map<Kind, String> STANDARD =
      Map.ofEntries(
          Map.entry(Kind.BOOLEAN, "boolean"),
          Map.entry(Kind.INTEGER, "integer"),
          Map.entry(Kind.BIGINT, "bigint"),
          Map.entry(Kind.REAL, "real"),
          Map.entry(Kind.DOUBLE, "double precision"),
          Map.entry(Kind.DECIMAL, "decimal(18, 4)"),
          Map.entry(Kind.VARCHAR, "varchar"),
          Map.entry(Kind.DATE, "date"),
          Map.entry(Kind.TIME, "time"),
          Map.entry(Kind.TIMESTAMP, "timestamp"),
          Map.entry(Kind.TIMESTAMP_TZ, "timestamp with time zone"),
          Map.entry(Kind.VARBINARY, "varbinary"),
          Map.entry(Kind.ARRAY, "integer array"));

  private static Map<Kind, String> types(Map<Kind, String> own, Kind... missing) {
    Map<Kind, String> types = new java.util.EnumMap<>(STANDARD);
    types.putAll(own);
    List.of(missing).forEach(types::remove);
    return types;
  }

  /** Frazil on an empty folder. */
  public static Dialect frazil(String folder) {
    return new Dialect(
        "Frazil",
        "jdbc:iceberg:" + folder,
        List.of(),
        types(Map.of(Kind.DOUBLE, "double")),
        Map.of(),
        false,
        Set.of());
  }

  /** H2 in memory. */
  public static Dialect h2() {
    return new Dialect(
        "H2",
        "jdbc:h2:mem:conformance;DB_CLOSE_DELAY=-1",
        List.of(),
        types(Map.of(Kind.TIMESTAMP, "timestamp(6)")),
        Map.of(),
        false,
        Set.of());
  }

  /** DuckDB on an empty folder. */
  public static Dialect duckDb(String folder) {
    return new Dialect(
        "DuckDB",
        "jdbc:duckdb:" + folder + "/duck.db",
        List.of(),
        types(Map.of(Kind.VARBINARY, "blob", Kind.ARRAY, "integer[]")),
        Map.of(Kind.VARBINARY, "'\\x00\\x01\\xFE\\xFF'::blob"),
        false,
        Set.of());
  }

  /** SQLite on an empty folder; it has neither zoned timestamps nor arrays. */
  public static Dialect sqlite(String folder) {
    return new Dialect(
        "SQLite",
        "jdbc:sqlite:" + folder + "/lite.db",
        List.of(),
        types(Map.of(Kind.VARBINARY, "blob", Kind.DOUBLE, "double"), Kind.TIMESTAMP_TZ, Kind.ARRAY),
        Map.of(),
        true,
        Set.of(Trait.NO_SCHEMA));
  }

  /** A PostgreSQL server, whose schema {@code public} is emptied. */
  public static Dialect postgreSql(String url) {
    return new Dialect(
        "PostgreSQL",
        url,
        List.of("DROP SCHEMA public CASCADE", "CREATE SCHEMA public"),
        types(Map.of(Kind.VARBINARY, "bytea", Kind.ARRAY, "integer[]")),
        Map.of(Kind.VARBINARY, "'\\x0001feff'::bytea"),
        false,
        Set.of(Trait.NO_BLOB));
  }

  /** A Trino server with an empty schema: {@code jdbc:trino://host:port/memory/default?user=x}. */
  public static Dialect trino(String url) {
    return new Dialect(
        "Trino",
        url,
        List.of(),
        types(
            Map.of(
                Kind.DOUBLE,
                "double",
                Kind.TIME,
                "time(6)",
                Kind.TIMESTAMP,
                "timestamp(6)",
                Kind.TIMESTAMP_TZ,
                "timestamp(6) with time zone",
                Kind.ARRAY,
                "array(integer)")),
        Map.of(Kind.TIMESTAMP_TZ, "TIMESTAMP '2024-02-29 12:34:56.123456 +00:00'"),
        false,
        Set.of(Trait.NO_BLOB, Trait.NO_PRIMARY_KEY, Trait.AUTOCOMMIT_ONLY));
  }

  boolean has(Kind kind) {
    return types.containsKey(kind);
  }

  /**
   * How a column is declared.
   *
   * @throws LackingFeature where the database has no such type
   */
  String type(Kind kind) {
    String type = types.get(kind);
    if (type == null) {
      throw new LackingFeature(name + " has no type " + kind);
    }
    return type;
  }

  String literal(Kind kind) {
    return literals.getOrDefault(kind, kind.literal());
  }

  boolean lacks(Trait trait) {
    return traits.contains(trait);
  }
}
