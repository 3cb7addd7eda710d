package dev.frazil.jdbc;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.Timestamps;

/**
 * Which types a client is told of: in the metadata of results, parameters and tables, and by the
 * class of {@code getObject}. The property {@code clientTypes}.
 */
enum ReportedTypes {
  /** Those that there are. */
  ALL,
  /**
   * For clients that know no others: nested types, geometries, uuid and the type of a bare NULL are
   * varchar, timestamps with time zone are timestamps.
   */
  BASIC;

  static ReportedTypes of(ConnectionConfig config) {
    return config.text(ConnectionProperty.CLIENT_TYPES).orElse("all").equals("basic") ? BASIC : ALL;
  }

  /** The type that the client is told instead. */
  SqlType of(SqlType type) {
    if (this == ALL || type instanceof SqlType.DecimalType || type instanceof SqlType.FixedType) {
      return type;
    }
    if (type instanceof Primitive primitive) {
      return switch (primitive) {
        case UUID, VARIANT, UNKNOWN -> Primitive.VARCHAR;
        case TIMESTAMP_WITH_TIME_ZONE, TIMESTAMP_NANO_WITH_TIME_ZONE ->
            Timestamps.of(Timestamps.isNano(type), false);
        case BOOLEAN,
            INTEGER,
            BIGINT,
            REAL,
            DOUBLE,
            DATE,
            TIME,
            TIMESTAMP,
            TIMESTAMP_NANO,
            VARCHAR,
            VARBINARY ->
            type;
      };
    }
    return Primitive.VARCHAR;
  }

  /** Reads values of a type as what the client is told that they are. */
  ColumnAccessor accessor(SqlType type) {
    if (this == BASIC) {
      if (type == Primitive.VARIANT) {
        return new VariantAccessor();
      } else if (type == Primitive.UUID) {
        return new UuidAccessor(true);
      } else if (Timestamps.hasZone(type)) {
        return new InstantAccessor(type, true);
      } else if (type instanceof SqlType.GeospatialType geospatial) {
        return new GeometryAccessor(geospatial);
      } else if (of(type) != type && type != Primitive.UNKNOWN) {
        return new NestedAccessor(type, true);
      }
    }
    return ColumnAccessor.of(type);
  }
}
