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
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** SHOW and DESCRIBE: constant rows, as of now. Such a plan must not be kept. */
public final class CatalogStatements {
  private static final List<String> COLUMN_LABELS =
      List.of("column", "type", "nullable", "comment", "default");

  private final TableResolver tables;
  private final SqlText source;

  CatalogStatements(TableResolver tables, SqlText source) {
    this.tables = tables;
    this.source = source;
  }

  PlannedStatement plan(ParsedStatement.Show show) {
    NamePattern pattern = new NamePattern(show.argument());
    return switch (show.what()) {
      case SCHEMAS -> names("schema", tables.schemas().stream().map(Namespace::toString), pattern);
      case TABLES ->
          names(
              "table",
              Stream.concat(
                      tables.tables(schema(show)).stream(), tables.views(schema(show)).stream())
                  .map(TableIdentifier::name),
              pattern);
      case VIEWS ->
          names("view", tables.views(schema(show)).stream().map(TableIdentifier::name), pattern);
      case CATALOGS -> names("catalog", Stream.empty(), pattern);
      case COLUMNS -> {
        TableNames.FoundView view = view(show);
        yield view == null
            ? columns(table(show), pattern)
            : rows(COLUMN_LABELS, ViewDescriptions.columns(view.view(), pattern));
      }
      case DETAILS -> {
        TableNames.FoundView view = view(show);
        if (view != null) {
          List<List<@Nullable String>> rows = ViewDescriptions.columns(view.view(), pattern);
          rows.addAll(ViewDescriptions.details(view));
          yield rows(COLUMN_LABELS, rows);
        }
        TableNames.Found table = table(show);
        List<List<@Nullable String>> rows = columnRows(table.table(), pattern);
        rows.addAll(TableDetails.rows(table));
        yield rows(COLUMN_LABELS, rows);
      }
      case FUNCTIONS -> rows(FunctionListing.LABELS, FunctionListing.rows(pattern));
      case FUNCTION ->
          rows(
              FunctionListing.LABELS,
              FunctionListing.rows(Objects.requireNonNull(show.argument()), source));
      case SETTINGS -> new PlannedStatement.ShowSettings(pattern::matches, false);
      case SETTING -> new PlannedStatement.ShowSettings(pattern::matches, true);
      case PROPERTIES -> {
        TableNames.FoundView view = view(show);
        yield properties(
            view == null ? table(show).table().properties() : view.view().properties(),
            show.argument());
      }
      case CREATE_VIEW -> {
        TableNames.FoundView found =
            new TableNames(tables).requireView(Objects.requireNonNull(show.name()), source);
        yield rows(
            List.of("create_view"),
            List.of(List.of(ViewDescriptions.createView(found.identifier(), found.view()))));
      }
      case CREATE_TABLE -> {
        TableNames.Found found = table(show);
        yield rows(
            List.of("create_table"),
            List.of(List.of(CreateTableText.of(found.identifier(), found.table()))));
      }
      case CREATE_SCHEMA ->
          rows(List.of("create_schema"), List.of(List.of(createSchema(schema(show)))));
      case SCHEMA -> schemaRows(schema(show));
      case PARTITIONS -> throw EngineException.internal("SHOW PARTITIONS is a query");
    };
  }

  private String createSchema(Namespace schema) {
    Map<String, String> properties = new TreeMap<>(tables.properties(schema));
    String comment = properties.remove("comment");
    return "CREATE SCHEMA "
        + CreateTableText.name(schema)
        + (comment == null ? "" : "\nCOMMENT " + CreateTableText.text(comment))
        + CreateTableText.properties(properties);
  }

  /** Its name, and its properties in the order of their names. */
  private PlannedStatement schemaRows(Namespace schema) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    rows.add(List.of("# Name", schema.toString()));
    new TreeMap<>(tables.properties(schema)).forEach((key, value) -> rows.add(List.of(key, value)));
    return rows(List.of("key", "value"), rows);
  }

  private Namespace schema(ParsedStatement.Show show) {
    return show.name() == null
        ? tables.currentSchema()
        : new TableNames(tables).requireSchema(show.name(), source);
  }

  private TableNames.Found table(ParsedStatement.Show show) {
    return new TableNames(tables).require(Objects.requireNonNull(show.name()), source);
  }

  /** The view of that name, unless there is a table of it. */
  private TableNames.@Nullable FoundView view(ParsedStatement.Show show) {
    TableNames names = new TableNames(tables);
    List<String> name = Objects.requireNonNull(show.name()).texts();
    return names.find(name) == null ? names.findView(name) : null;
  }

  private static PlannedStatement names(String label, Stream<String> names, NamePattern pattern) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    names.filter(pattern::matches).sorted().forEach(name -> rows.add(List.of(name)));
    return rows(List.of(label), rows);
  }

  private static PlannedStatement properties(Map<String, String> all, @Nullable String key) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    new TreeMap<>(all)
        .forEach(
            (name, value) -> {
              if (key == null || key.equals(name)) {
                rows.add(List.of(name, value));
              }
            });
    return rows(List.of("key", "value"), rows);
  }

  /** DESCRIBE of a query: its columns; it does not run, and its parameters need no values. */
  static PlannedStatement columns(PlannedStatement.Query query) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (ResultColumn column : query.results()) {
      List<@Nullable String> row = new ArrayList<>();
      row.add(column.label());
      row.add(column.type().sqlName());
      row.add(column.nullable() ? "yes" : "no");
      row.add(null);
      row.add(null);
      rows.add(row);
    }
    return rows(COLUMN_LABELS, rows);
  }

  static PlannedStatement timeZone(ZoneId zone) {
    return rows(
        List.of("time_zone"), List.of(List.of(zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId())));
  }

  private static PlannedStatement columns(TableNames.Found found, NamePattern pattern) {
    return rows(COLUMN_LABELS, columnRows(found.table(), pattern));
  }

  private static List<List<@Nullable String>> columnRows(Table table, NamePattern pattern) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    for (Types.NestedField field : table.schema().columns()) {
      if (pattern.matches(field.name())) {
        List<@Nullable String> row = new ArrayList<>();
        row.add(field.name());
        row.add(TypeMapping.toSql(field.type()).sqlName());
        row.add(field.isOptional() ? "yes" : "no");
        row.add(field.doc());
        row.add(DefaultValues.text(table, field));
        rows.add(row);
      }
    }
    return rows;
  }

  /** Rows of text. */
  public static PlannedStatement.Query rows(
      List<String> labels, List<List<@Nullable String>> rows) {
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
