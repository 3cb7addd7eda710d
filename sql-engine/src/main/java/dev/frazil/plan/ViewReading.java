package dev.frazil.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedSql;
import dev.frazil.plan.parser.ParsedStatement;
import dev.frazil.plan.parser.StatementParser;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.view.ViewMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The query of a view as a part of the query around it. The view has the columns of its schema;
 * those of the query are found by the names that they had when the view was made, so that a star
 * does not bring in what a table got since. A view whose columns are not all there any more, or
 * have another type, is stale: 42P17.
 *
 * <p>What the query does not read, or no longer can, is told with the name of the view: 42P01 for a
 * table that is gone, 0A000 for the text of another engine that means, or may mean, something else
 * in Frazil's SQL.
 */
final class ViewReading {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableIdentifier identifier;
  private final ViewMetadata view;
  private final ViewText text;
  private final @Nullable ForeignDialect dialect;
  private final StatementContext inside;
  private final ParsedSql parsed;

  /** Validated when the columns of the view were asked for, and not translated yet. */
  private StatementContext.@Nullable Validated pending;

  private ViewReading(
      TableIdentifier identifier, ViewMetadata view, ViewText text, StatementContext around) {
    this.identifier = identifier;
    this.view = view;
    this.text = text;
    this.dialect = text.isOwn() ? null : ForeignDialect.of(text.dialect());
    if (!text.isOwn() && dialect == null) {
      throw EngineException.unsupported("a query in this dialect");
    }
    this.parsed = StatementParser.parse(dialect == null ? text.sql() : dialect.text(text.sql()));
    this.inside = around.ofView(identifier, parsed, view.currentVersion());
  }

  /** The view as a table of the query around it. */
  static CatalogTable table(
      List<String> name,
      TableIdentifier identifier,
      ViewMetadata view,
      StatementContext around,
      RelDataTypeFactory factory,
      RelOptSchema schema) {
    EngineException first = null;
    for (ViewText text : ViewText.of(identifier, view)) {
      try {
        return new ViewReading(identifier, view, text, around).table(name, factory, schema);
      } catch (EngineException e) {
        EngineException failure = text.failure(identifier, e);
        if (text.isOwn() || failure.state() != SqlState.FEATURE_NOT_SUPPORTED) {
          throw failure;
        }
        // The text of a further engine may do.
        first = first == null ? failure : first;
      }
    }
    throw Objects.requireNonNull(first);
  }

  private CatalogTable table(List<String> name, RelDataTypeFactory factory, RelOptSchema schema) {
    StatementContext.Validated validated = validated();
    if (dialect == null) {
      pending = validated;
    } else {
      new ForeignMeaning(dialect, inside.views().expanded())
          .check(inside.rows(validated, inside.newCluster()));
    }
    List<Integer> places = places(validated.rowType());
    RelDataType rowType = rowType(validated.rowType(), places, factory);
    return new CatalogTable(name, rowType, cluster -> relation(cluster, rowType, places), schema);
  }

  private StatementContext.Validated validated() {
    if (!(parsed.statement() instanceof ParsedStatement.Query query)
        || parsed.parameterCount() > 0) {
      throw new EngineException(
          SqlState.INVALID_OBJECT_DEFINITION, "its text is not a query: " + parsed.source().text());
    }
    return inside.validate(
        parsed.newQuery().addSlice(query.slice()),
        node -> dialect == null ? node : dialect.explicit(node));
  }

  /** Which column of the query each column of the view is. */
  private List<Integer> places(RelDataType today) {
    List<Types.NestedField> columns = view.schema().columns();
    List<String> names = today.getFieldNames();
    List<String> wanted = wantedNames(columns);
    boolean isByName = text.isOwn() && Set.copyOf(wanted).size() == wanted.size();
    if (!isByName && names.size() != columns.size()) {
      throw stale(
          "it has "
              + columns.size()
              + " columns, but its query gives "
              + names.size()
              + " today: "
              + String.join(", ", names));
    }
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int place = isByName ? only(names, wanted.get(i)) : i;
      // Each engine has its own names for expressions that the text gives none.
      boolean isUnnamed = !isByName && names.get(place).startsWith("EXPR$");
      if (place < 0 || !(isUnnamed || names.get(place).equalsIgnoreCase(wanted.get(i)))) {
        throw stale(
            "its query does not give the column \""
                + wanted.get(i)
                + "\" any more, but "
                + String.join(", ", names));
      }
      places.add(place);
    }
    return places;
  }

  /** The index of the one column of that name; -1 where there is none, or several. */
  private static int only(List<String> names, String name) {
    int first = names.indexOf(name);
    return first == names.lastIndexOf(name) ? first : -1;
  }

  /** What the columns of the query were called when the view was made. */
  private List<String> wantedNames(List<Types.NestedField> columns) {
    String own = view.currentVersion().summary().get(ViewText.QUERY_COLUMNS);
    if (own != null) {
      try {
        String[] names = JSON.readValue(own, String[].class);
        if (names.length == columns.size()) {
          return List.of(names);
        }
      } catch (JsonProcessingException | NullPointerException e) {
        throw new EngineException(
            SqlState.DATA_CORRUPTED,
            "its summary holds no list of names as " + ViewText.QUERY_COLUMNS + ": " + own,
            e);
      }
    }
    List<String> ofSpark = text.sparkColumns(view);
    return ofSpark.size() == columns.size()
        ? ofSpark
        : columns.stream().map(Types.NestedField::name).toList();
  }

  private EngineException stale(String reason) {
    if (dialect != null) {
      // The other engine may mean something else.
      return new EngineException(SqlState.FEATURE_NOT_SUPPORTED, reason);
    }
    return new EngineException(
        SqlState.INVALID_OBJECT_DEFINITION,
        "its definition is stale: "
            + reason
            + ". CREATE OR REPLACE VIEW, or ALTER VIEW ... AS, makes it anew");
  }

  /** The names and types of the view; what may be null is as the query has it today. */
  private RelDataType rowType(RelDataType today, List<Integer> places, RelDataTypeFactory factory) {
    RelDataTypeFactory.Builder builder = factory.builder();
    List<Types.NestedField> columns = view.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      RelDataType given = today.getFieldList().get(places.get(i)).getType();
      SqlType type = TypeMapping.toSql(columns.get(i).type());
      SqlType now = CalciteTypes.toSql(given);
      if (now.equals(type)) {
        builder.add(columns.get(i).name(), given);
      } else if (text.isOwn() ? isWiderThan(type, now) : isNumberAlike(type, now)) {
        builder.add(
            columns.get(i).name(), CalciteTypes.toCalcite(type, given.isNullable(), factory));
      } else {
        throw stale(
            "its column \""
                + columns.get(i).name()
                + "\" is "
                + type.sqlName()
                + ", but its query gives "
                + now.sqlName()
                + (text.isOwn() ? " today" : " in Frazil's SQL"));
      }
    }
    return builder.build();
  }

  /** What holds equal values, or fails for those that it cannot hold. */
  private static boolean isNumberAlike(SqlType type, SqlType now) {
    if (type instanceof SqlType.DecimalType left && now instanceof SqlType.DecimalType right) {
      return left.scale() == right.scale();
    }
    return isInteger(type) && isInteger(now);
  }

  private static boolean isInteger(SqlType type) {
    return type == SqlType.Primitive.INTEGER || type == SqlType.Primitive.BIGINT;
  }

  private static boolean isWiderThan(SqlType type, SqlType now) {
    if (type instanceof SqlType.DecimalType wide && now instanceof SqlType.DecimalType narrow) {
      return wide.scale() == narrow.scale() && wide.precision() >= narrow.precision();
    }
    return (type == SqlType.Primitive.BIGINT && now == SqlType.Primitive.INTEGER)
        || (type == SqlType.Primitive.DOUBLE && now == SqlType.Primitive.REAL);
  }

  /** The rows of the view, for the query that the cluster is of. */
  private RelNode relation(RelOptCluster cluster, RelDataType rowType, List<Integer> places) {
    try {
      StatementContext.Validated known = pending;
      pending = null;
      RelNode rows = inside.rows(known == null ? validated() : known, cluster);
      RexBuilder builder = cluster.getRexBuilder();
      List<RelDataTypeField> fields = rows.getRowType().getFieldList();
      List<RexNode> expressions = new ArrayList<>();
      boolean isSame = fields.size() == places.size();
      for (int i = 0; i < places.size(); i++) {
        RexNode column = builder.makeInputRef(rows, places.get(i));
        RelDataType type = rowType.getFieldList().get(i).getType();
        boolean isOfType = type.equals(column.getType());
        isSame &= isOfType && places.get(i) == i;
        isSame &= fields.get(i).getName().equals(rowType.getFieldNames().get(i));
        expressions.add(isOfType ? column : builder.makeAbstractCast(type, column, false));
      }
      RelNode relation =
          isSame
              ? rows
              : LogicalProject.create(
                  rows, List.of(), expressions, rowType.getFieldNames(), Set.of());
      inside.views().expanded().add(relation);
      return relation;
    } catch (EngineException e) {
      throw text.failure(identifier, e);
    }
  }
}
