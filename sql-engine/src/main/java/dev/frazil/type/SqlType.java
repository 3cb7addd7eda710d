package dev.frazil.type;

import java.util.List;

/** A type of the SQL engine. Nullability belongs to columns, not to types. */
public sealed interface SqlType {

  /** How its values lie in memory. */
  PhysicalKind kind();

  /**
   * The name in SQL, as DDL accepts it and {@code ResultSetMetaData.getColumnTypeName} shows it.
   */
  String sqlName();

  /** Types without parameters. */
  enum Primitive implements SqlType {
    BOOLEAN(PhysicalKind.BOOLEAN, "boolean"),
    INTEGER(PhysicalKind.INT, "integer"),
    BIGINT(PhysicalKind.LONG, "bigint"),
    REAL(PhysicalKind.FLOAT, "real"),
    DOUBLE(PhysicalKind.DOUBLE, "double"),
    DATE(PhysicalKind.INT, "date"),
    TIME(PhysicalKind.LONG, "time"),
    /** Microseconds, no zone: a {@code LocalDateTime}. */
    TIMESTAMP(PhysicalKind.LONG, "timestamp"),
    /** Microseconds since the epoch in UTC: an {@code Instant}. */
    TIMESTAMP_WITH_TIME_ZONE(PhysicalKind.LONG, "timestamp with time zone"),
    /** Nanoseconds, no zone; format version 3. */
    TIMESTAMP_NANO(PhysicalKind.LONG, "timestamp(9)"),
    /** Nanoseconds since the epoch in UTC; format version 3. */
    TIMESTAMP_NANO_WITH_TIME_ZONE(PhysicalKind.LONG, "timestamp(9) with time zone"),
    VARCHAR(PhysicalKind.BYTES, "varchar"),
    VARBINARY(PhysicalKind.BYTES, "varbinary"),
    UUID(PhysicalKind.BYTES, "uuid"),
    /**
     * Semi-structured: a dictionary of names and a value, back to back. Has no order and no
     * equality.
     */
    VARIANT(PhysicalKind.BYTES, "variant"),
    /** The type of a bare NULL and of columns that hold nothing else. */
    UNKNOWN(PhysicalKind.BOOLEAN, "unknown");

    private final PhysicalKind kind;
    private final String sqlName;

    Primitive(PhysicalKind kind, String sqlName) {
      this.kind = kind;
      this.sqlName = sqlName;
    }

    @Override
    public PhysicalKind kind() {
      return kind;
    }

    @Override
    public String sqlName() {
      return sqlName;
    }
  }

  /**
   * An exact number of {@code precision} (1 to 38) digits, {@code scale} of them after the point.
   */
  record DecimalType(int precision, int scale) implements SqlType {
    /** The widest precision that a long can hold. */
    public static final int MAX_LONG_PRECISION = 18;

    /** The widest precision of all. */
    public static final int MAX_PRECISION = 38;

    @Override
    public PhysicalKind kind() {
      return precision <= MAX_LONG_PRECISION ? PhysicalKind.LONG : PhysicalKind.INT128;
    }

    @Override
    public String sqlName() {
      return "decimal(" + precision + "," + scale + ")";
    }
  }

  /** Exactly {@code lengthBytes} bytes. */
  record FixedType(int lengthBytes) implements SqlType {
    @Override
    public PhysicalKind kind() {
      return PhysicalKind.BYTES;
    }

    @Override
    public String sqlName() {
      return "fixed(" + lengthBytes + ")";
    }
  }

  /**
   * Geometries in a system of coordinates: {@code geometry} with edges straight on the plane,
   * {@code geography} with edges on the ellipsoid; format version 3. Held as WKB.
   *
   * @param crs the system of coordinates, as the Iceberg spec writes it
   * @param edges how edges of a geography run, such as {@code spherical}; empty for a geometry
   */
  record GeospatialType(String crs, String edges) implements SqlType {
    /** Longitude and latitude in degrees on WGS 84. */
    public static final String DEFAULT_CRS = "OGC:CRS84";

    /** The edges of a geography that names none. */
    public static final String DEFAULT_EDGES = "spherical";

    public static final GeospatialType GEOMETRY = new GeospatialType(DEFAULT_CRS, "");
    public static final GeospatialType GEOGRAPHY = new GeospatialType(DEFAULT_CRS, DEFAULT_EDGES);

    /** Whether edges run on the ellipsoid. */
    public boolean isGeography() {
      return !edges.isEmpty();
    }

    @Override
    public PhysicalKind kind() {
      return PhysicalKind.BYTES;
    }

    @Override
    public String sqlName() {
      String name = isGeography() ? "geography" : "geometry";
      boolean hasOtherEdges = isGeography() && !edges.equals(DEFAULT_EDGES);
      if (crs.equals(DEFAULT_CRS) && !hasOtherEdges) {
        return name;
      }
      String quoted = "'" + crs.replace("'", "''") + "'";
      return name + "(" + quoted + (hasOtherEdges ? ", " + edges : "") + ")";
    }
  }

  /** A list of values of one type. */
  record ArrayType(SqlType element) implements SqlType {
    @Override
    public PhysicalKind kind() {
      return PhysicalKind.LIST;
    }

    @Override
    public String sqlName() {
      return "array(" + element.sqlName() + ")";
    }
  }

  /** Keys to values; keys are never null. */
  record MapType(SqlType key, SqlType value) implements SqlType {
    @Override
    public PhysicalKind kind() {
      return PhysicalKind.MAP;
    }

    @Override
    public String sqlName() {
      return "map(" + key.sqlName() + ", " + value.sqlName() + ")";
    }
  }

  /** Named fields, in order. */
  record RowType(List<Field> fields) implements SqlType {
    public RowType {
      fields = List.copyOf(fields);
    }

    @Override
    public PhysicalKind kind() {
      return PhysicalKind.STRUCT;
    }

    @Override
    public String sqlName() {
      StringBuilder text = new StringBuilder("row(");
      for (int i = 0; i < fields.size(); i++) {
        text.append(i == 0 ? "" : ", ");
        text.append(fields.get(i).name()).append(' ').append(fields.get(i).type().sqlName());
      }
      return text.append(')').toString();
    }
  }

  /** A field of a {@link RowType}. */
  record Field(String name, SqlType type) {}
}
