package dev.frazil.jdbc;

import dev.frazil.function.Signature;
import dev.frazil.function.Signature.Argument;
import dev.frazil.plan.FunctionDescription;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.plan.Procedure;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The procedures that CALL runs, in the schema {@code system}, and the functions, in none. An
 * overload is a function of the same name with a specific name of its own.
 */
final class RoutineMetaData {
  private static final int RADIX = 10;

  private RoutineMetaData() {}

  // ---- procedures

  static ResultSet procedures(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
    FixedRows rows =
        new FixedRows()
            .text("PROCEDURE_CAT", "PROCEDURE_SCHEM", "PROCEDURE_NAME")
            .text("RESERVED1", "RESERVED2", "RESERVED3", "REMARKS")
            .small("PROCEDURE_TYPE")
            .text("SPECIFIC_NAME");
    for (Procedure procedure : matching(catalog, schemaPattern, namePattern)) {
      rows.row(
          null,
          Procedure.SCHEMA,
          procedure.sqlName(),
          null,
          null,
          null,
          procedure.description(),
          DatabaseMetaData.procedureNoResult,
          procedure.sqlName());
    }
    return rows.resultSet();
  }

  static ResultSet procedureColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern) {
    FixedRows rows =
        new FixedRows()
            .text("PROCEDURE_CAT", "PROCEDURE_SCHEM", "PROCEDURE_NAME", "COLUMN_NAME")
            .small("COLUMN_TYPE")
            .integer("DATA_TYPE")
            .text("TYPE_NAME")
            .integer("PRECISION", "LENGTH")
            .small("SCALE", "RADIX", "NULLABLE")
            .text("REMARKS", "COLUMN_DEF")
            .integer("SQL_DATA_TYPE", "SQL_DATETIME_SUB", "CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
            .text("IS_NULLABLE", "SPECIFIC_NAME");
    NamePattern columns = new NamePattern(columnPattern);
    for (Procedure procedure : matching(catalog, schemaPattern, namePattern)) {
      int position = 0;
      for (Procedure.Parameter parameter : procedure.parameters()) {
        position++;
        if (columns.matches(parameter.name())) {
          procedureColumn(
              rows,
              procedure,
              parameter.name(),
              DatabaseMetaData.procedureColumnIn,
              type(parameter.kind()),
              !parameter.required(),
              position);
        }
      }
      position = 0;
      for (ResultColumn result : procedure.results()) {
        position++;
        if (columns.matches(result.label())) {
          procedureColumn(
              rows,
              procedure,
              result.label(),
              DatabaseMetaData.procedureColumnResult,
              result.type(),
              result.nullable(),
              position);
        }
      }
    }
    return rows.resultSet();
  }

  private static void procedureColumn(
      FixedRows rows,
      Procedure procedure,
      String name,
      int columnType,
      SqlType type,
      boolean nullable,
      int position) {
    rows.row(
        null,
        Procedure.SCHEMA,
        procedure.sqlName(),
        name,
        columnType,
        JdbcTypes.code(type),
        type.sqlName(),
        JdbcTypes.precision(type),
        JdbcTypes.octets(type),
        JdbcTypes.hasDigits(type) ? JdbcTypes.scale(type) : null,
        JdbcTypes.numeric(type) ? RADIX : null,
        nullable ? DatabaseMetaData.procedureNullable : DatabaseMetaData.procedureNoNulls,
        null,
        null,
        null,
        null,
        JdbcTypes.octets(type),
        position,
        nullable ? "YES" : "NO",
        procedure.sqlName());
  }

  private static SqlType type(Procedure.Kind kind) {
    return switch (kind) {
      case TEXT -> Primitive.VARCHAR;
      case WHOLE -> Primitive.BIGINT;
      case FLAG -> Primitive.BOOLEAN;
      case TIME -> Primitive.TIMESTAMP_WITH_TIME_ZONE;
      case OPTIONS -> new SqlType.MapType(Primitive.VARCHAR, Primitive.VARCHAR);
      case IDS -> new SqlType.ArrayType(Primitive.BIGINT);
      case TEXTS -> new SqlType.ArrayType(Primitive.VARCHAR);
    };
  }

  private static List<Procedure> matching(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
    if (!TableMetaData.isHere(catalog) || !new NamePattern(schemaPattern).matches("system")) {
      return List.of();
    }
    NamePattern names = new NamePattern(namePattern);
    return Arrays.stream(Procedure.values())
        .filter(procedure -> names.matches(procedure.sqlName()))
        .sorted(Comparator.comparing(Procedure::sqlName))
        .toList();
  }

  // ---- functions

  /** An overload; the signature is null where the function has rules of its own. */
  private record Overload(
      FunctionDescription function, @Nullable Signature signature, String specificName) {}

  static ResultSet functions(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
    FixedRows rows =
        new FixedRows()
            .text("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "REMARKS")
            .small("FUNCTION_TYPE")
            .text("SPECIFIC_NAME");
    for (Overload overload : overloads(catalog, schemaPattern, namePattern)) {
      rows.row(
          null,
          null,
          overload.function().name(),
          overload.function().remarks(),
          DatabaseMetaData.functionNoTable,
          overload.specificName());
    }
    return rows.resultSet();
  }

  static ResultSet functionColumns(
      @Nullable String catalog,
      @Nullable String schemaPattern,
      @Nullable String namePattern,
      @Nullable String columnPattern) {
    FixedRows rows =
        new FixedRows()
            .text("FUNCTION_CAT", "FUNCTION_SCHEM", "FUNCTION_NAME", "COLUMN_NAME")
            .small("COLUMN_TYPE")
            .integer("DATA_TYPE")
            .text("TYPE_NAME")
            .integer("PRECISION", "LENGTH")
            .small("SCALE", "RADIX", "NULLABLE")
            .text("REMARKS")
            .integer("CHAR_OCTET_LENGTH", "ORDINAL_POSITION")
            .text("IS_NULLABLE", "SPECIFIC_NAME");
    NamePattern columns = new NamePattern(columnPattern);
    for (Overload overload : overloads(catalog, schemaPattern, namePattern)) {
      Signature signature = overload.signature();
      if (signature == null) {
        continue;
      }
      if (columns.matches("")) {
        functionColumn(rows, overload, "", signature.result(), 0);
      }
      List<Argument> arguments = signature.arguments();
      for (int i = 0; i < arguments.size(); i++) {
        String name = "arg" + (i + 1);
        if (columns.matches(name)) {
          functionColumn(rows, overload, name, arguments.get(i), i + 1);
        }
      }
    }
    return rows.resultSet();
  }

  private static void functionColumn(
      FixedRows rows, Overload overload, String name, Argument argument, int position) {
    SqlType type = argument.type();
    rows.row(
        null,
        null,
        overload.function().name(),
        name,
        position == 0 ? DatabaseMetaData.functionReturn : DatabaseMetaData.functionColumnIn,
        type == null ? Types.OTHER : JdbcTypes.code(type),
        argument.text(),
        type == null ? null : JdbcTypes.precision(type),
        type == null ? null : JdbcTypes.octets(type),
        type != null && JdbcTypes.hasDigits(type) ? JdbcTypes.scale(type) : null,
        type != null && JdbcTypes.numeric(type) ? RADIX : null,
        DatabaseMetaData.functionNullable,
        remarks(argument),
        type == null ? null : JdbcTypes.octets(type),
        position,
        "YES",
        overload.specificName());
  }

  private static @Nullable String remarks(Argument argument) {
    return argument.repeats() ? "any number" : argument.optional() ? "may be left out" : null;
  }

  private static List<Overload> overloads(
      @Nullable String catalog, @Nullable String schemaPattern, @Nullable String namePattern) {
    // Functions are in no schema, which JDBC asks for by "".
    if (!TableMetaData.isHere(catalog) || !new NamePattern(schemaPattern).matches("")) {
      return List.of();
    }
    NamePattern names = new NamePattern(namePattern);
    List<Overload> overloads = new ArrayList<>();
    for (FunctionDescription function : FunctionDescription.all()) {
      if (!names.matches(function.name())) {
        continue;
      }
      if (function.signatures().isEmpty()) {
        overloads.add(new Overload(function, null, function.name()));
      }
      for (Signature signature : function.signatures()) {
        overloads.add(new Overload(function, signature, function.name() + signature));
      }
    }
    overloads.sort(
        Comparator.comparing((Overload overload) -> overload.function().name())
            .thenComparing(Overload::specificName));
    return overloads;
  }
}
