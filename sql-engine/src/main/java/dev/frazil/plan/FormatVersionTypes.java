package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.type.TypeMapping;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Which types a version of the table format has. */
final class FormatVersionTypes {
  /** Of new tables that name none. */
  static final int DEFAULT_VERSION = 2;

  private static final int NEWEST_TYPES = 3;

  private FormatVersionTypes() {}

  /** Refuses a column of a type that the version does not have (0A000), nested ones included. */
  static void check(Schema schema, int formatVersion) {
    if (schema.columns().stream().allMatch(column -> isUnknown(column.type()))) {
      throw EngineException.unsupported("a table of columns of the type unknown alone");
    }
    for (Types.NestedField column : schema.columns()) {
      check(column, column.type(), formatVersion);
    }
  }

  private static boolean isUnknown(Type type) {
    return type.typeId() == Type.TypeID.UNKNOWN;
  }

  /** As above, of one column and its type. */
  static void check(Types.NestedField column, Type type, int formatVersion) {
    if (type.isNestedType()) {
      for (Types.NestedField field : type.asNestedType().fields()) {
        if (isUnknown(field.type()) && !type.isStructType()) {
          throw EngineException.unsupported(
              "a list or map of the type unknown, in column \"" + column.name() + "\"");
        }
        check(column, field.type(), formatVersion);
      }
      return;
    }
    boolean isNew =
        switch (type.typeId()) {
          case TIMESTAMP_NANO, UNKNOWN, GEOMETRY, GEOGRAPHY, VARIANT -> true;
          case BOOLEAN,
              INTEGER,
              LONG,
              FLOAT,
              DOUBLE,
              DATE,
              TIME,
              TIMESTAMP,
              STRING,
              UUID,
              FIXED,
              BINARY,
              DECIMAL,
              STRUCT,
              LIST,
              MAP ->
              false;
        };
    if (isNew && formatVersion < NEWEST_TYPES) {
      throw EngineException.unsupported(
          "the type "
              + TypeMapping.toSql(type).sqlName()
              + " of column \""
              + column.name()
              + "\" in a table of format version "
              + formatVersion
              + " (WITH (\"format-version\" = '3'))");
    }
  }
}
