package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.type.SqlType.Primitive;
import dev.frazil.type.TypeMapping;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE: constant rows, as of now. Such a plan must not be kept. */
final class CatalogStatements {
  private final TableResolver tables;
  private final SqlText source;

  CatalogStatements(TableResolver tables, SqlText source) {
    this.tables = tables;
    this.source = source;
  }

  PlannedStatement plan(ParsedStatement statement) {
    if (statement instanceof ParsedStatement.ShowSchemas) {
      List<List<@Nullable String>> rows = new ArrayList<>();
      tables.schemas().stream()
          .map(Namespace::toString)
          .sorted()
          .forEach(name -> rows.add(List.of(name)));
      return rows(List.of("schema"), rows);
    } else if (statement instanceof ParsedStatement.ShowTables show) {
      Namespace schema =
          show.schema() == null
              ? tables.currentSchema()
              : new TableNames(tables).requireSchema(show.schema(), source);
      List<List<@Nullable String>> rows = new ArrayList<>();
      tables.tables(schema).stream()
          .map(TableIdentifier::name)
          .sorted()
          .forEach(name -> rows.add(List.of(name)));
      return rows(List.of("table"), rows);
    } else if (statement instanceof ParsedStatement.ShowCreateTable show) {
      TableNames.Found found = new TableNames(tables).require(show.table(), source);
      return rows(
          List.of("create_table"),
          List.of(List.of(CreateTableText.of(found.identifier(), found.table()))));
    } else if (statement instanceof ParsedStatement.Describe describe) {
      return describe(new TableNames(tables).require(describe.table(), source));
    }
    throw EngineException.internal("no plan for " + statement.getClass().getSimpleName());
  }

  static PlannedStatement timeZone(ZoneId zone) {
    return rows(
        List.of("time_zone"), List.of(List.of(zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId())));
  }

  private static PlannedStatement describe(TableNames.Found found) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Types.NestedField field : found.table().schema().columns()) {
      List<@Nullable String> row = new ArrayList<>();
      row.add(field.name());
      row.add(TypeMapping.toSql(field.type()).sqlName());
      row.add(field.isOptional() ? "yes" : "no");
      row.add(field.doc());
      rows.add(row);
    }
    return rows(List.of("column", "type", "nullable", "comment"), rows);
  }

  private static PlannedStatement rows(List<String> labels, List<List<@Nullable String>> rows) {
    List<Column> columns = new ArrayList<>();
    List<ResultColumn> results = new ArrayList<>();
    for (String label : labels) {
      columns.add(new Column(label, Primitive.VARCHAR, true));
      results.add(new ResultColumn(label, Primitive.VARCHAR, true, null, null));
    }
    List<List<ScalarExpression>> values = new ArrayList<>();
    for (List<@Nullable String> row : rows) {
      List<ScalarExpression> literals = new ArrayList<>();
      for (String value : row) {
        literals.add(new Literal(value, Primitive.VARCHAR));
      }
      values.add(literals);
    }
    return new PlannedStatement.Query(new PhysicalNode.Values(columns, values), results, List.of());
  }
}
