package dev.frazil.plan;

import dev.frazil.plan.parser.TypeText;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.type.SqlType.Primitive;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/** Calcite's door to the catalog: our names, no functions, and a few more names of types. */
final class CatalogReader extends CalciteCatalogReader {

  /**
   * @param names how the statement's names are compared
   */
  CatalogReader(
      CalciteSchema root,
      ExactFirstNames names,
      List<String> currentSchema,
      RelDataTypeFactory typeFactory) {
    super(
        root,
        names,
        List.of(currentSchema, List.of()),
        typeFactory,
        new CalciteConnectionConfigImpl(new Properties()));
  }

  @Override
  public @Nullable RelDataType getNamedType(SqlIdentifier typeName) {
    if (!typeName.isSimple()) {
      return null;
    }
    if (GeospatialDataType.isNamed(typeName.getSimple())) {
      return new GeospatialDataType((GeospatialType) TypeText.parse(typeName.getSimple()), false);
    }
    SqlTypeName name =
        switch (typeName.getSimple().toLowerCase(Locale.ROOT)) {
          case "string", "text" -> SqlTypeName.VARCHAR;
          case "bytea", "blob" -> SqlTypeName.VARBINARY;
          case "bool" -> SqlTypeName.BOOLEAN;
          case "int2", "int4" -> SqlTypeName.INTEGER;
          case "int8", "long" -> SqlTypeName.BIGINT;
          case "float4" -> SqlTypeName.REAL;
          case "float8" -> SqlTypeName.DOUBLE;
          case "timestamptz" -> SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
          default -> null;
        };
    if (name != null) {
      return typeFactory.createSqlType(name);
    }
    return switch (typeName.getSimple().toLowerCase(Locale.ROOT)) {
      case "unknown" -> typeFactory.createSqlType(SqlTypeName.NULL);
      case "timestamp_ns" -> CalciteTypes.toCalcite(Primitive.TIMESTAMP_NANO, false, typeFactory);
      case "timestamptz_ns" ->
          CalciteTypes.toCalcite(Primitive.TIMESTAMP_NANO_WITH_TIME_ZONE, false, typeFactory);
      default -> null;
    };
  }

  /** The functions of a statement are those of {@link FunctionTable} alone. */
  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> operators,
      SqlNameMatcher nameMatcher) {}

  @Override
  public List<SqlOperator> getOperatorList() {
    return List.of();
  }
}
