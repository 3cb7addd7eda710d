package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PhysicalNode.Column;
import dev.frazil.plan.parser.Slice;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableName;
import dev.frazil.plan.parser.ViewStatement;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Statements that make, change and drop views. Errors: 42601, 42701, 42804, 42809, 42P01, 42P17.
 */
final class ViewPlanner {
  private static final Set<String> REFUSED_PROPERTIES = Set.of("location", "write.metadata.path");

  private final StatementContext context;
  private final SqlText source;

  ViewPlanner(StatementContext context) {
    this.context = context;
    this.source = context.parsed().source();
  }

  ViewChange plan(ViewStatement statement) {
    if (statement instanceof ViewStatement.Create create) {
      return create(create);
    } else if (statement instanceof ViewStatement.Drop drop) {
      return drop(drop);
    }
    TableIdentifier view = context.names().requireView(statement.name(), source).identifier();
    if (statement instanceof ViewStatement.Rename rename) {
      return new ViewChange.Rename(view, newName(view, rename.newName()));
    } else if (statement instanceof ViewStatement.Redefine redefine) {
      return new ViewChange.Redefine(view, definition(view, redefine.query(), List.of()));
    } else if (statement instanceof ViewStatement.ChangeProperties change) {
      return new ViewChange.ChangeProperties(view, checked(change.set()), change.removed());
    } else if (statement instanceof ViewStatement.Comment comment) {
      String text = comment.comment();
      return text == null
          ? new ViewChange.ChangeProperties(view, Map.of(), Set.of(ViewChange.COMMENT))
          : new ViewChange.ChangeProperties(view, Map.of(ViewChange.COMMENT, text), Set.of());
    }
    throw EngineException.internal("no plan for " + statement.getClass().getSimpleName());
  }

  private ViewChange create(ViewStatement.Create create) {
    TableNames.FoundView there = context.names().findView(create.name().texts());
    // OR REPLACE is about the view that the name means, whatever its case.
    TableIdentifier identifier =
        there != null && create.orReplace()
            ? there.identifier()
            : context.names().identifierToCreate(create.name(), source);
    Map<String, String> properties = new LinkedHashMap<>(checked(create.properties()));
    String comment = create.comment();
    if (comment != null) {
      properties.put(ViewChange.COMMENT, comment);
    }
    return new ViewChange.Create(
        identifier,
        create.orReplace(),
        create.ifNotExists(),
        definition(identifier, create.query(), create.columns()),
        properties);
  }

  private ViewChange drop(ViewStatement.Drop drop) {
    List<String> name = drop.name().texts();
    TableIdentifier there = context.names().findViewName(name);
    if (there != null) {
      // One that cannot be read any more can be dropped.
      return new ViewChange.Drop(there, drop.ifExists());
    }
    if (drop.ifExists() && context.names().find(name) == null) {
      return new ViewChange.Drop(context.names().identifierIfAbsent(name), true);
    }
    return new ViewChange.Drop(
        context.names().requireView(drop.name(), source).identifier(), drop.ifExists());
  }

  /**
   * COMMENT ON COLUMN of a view; 42703 for one that it does not have.
   *
   * @param parts how many parts of the name are that of the view
   */
  ViewChange commentOnColumn(TableName name, int parts, @Nullable String comment) {
    TableName viewName = new TableName(name.parts().subList(0, parts), name.offset());
    if (name.parts().size() > parts + 1) {
      throw source.unsupported(name.offset(), "a comment on a field within the column of a view");
    }
    TableNames.FoundView view = context.names().requireView(viewName, source);
    List<String> columns =
        view.view().schema().columns().stream().map(Types.NestedField::name).toList();
    String wanted = name.last().text();
    String column =
        columns.stream()
            .filter(wanted::equals)
            .findFirst()
            .or(() -> columns.stream().filter(wanted::equalsIgnoreCase).findFirst())
            .orElseThrow(
                () ->
                    new EngineException(
                        SqlState.UNDEFINED_COLUMN,
                        "the view "
                            + view.identifier()
                            + " has no column \""
                            + wanted
                            + "\" ("
                            + source.position(name.offset())
                            + ")"
                            + NearestNames.hint(wanted, columns)));
    return new ViewChange.CommentOnColumn(view.identifier(), column, comment);
  }

  private TableIdentifier newName(TableIdentifier view, TableName name) {
    return name.parts().size() == 1
        ? TableIdentifier.of(view.namespace(), name.last().text())
        : context.names().identifierToCreate(name, source);
  }

  private static Map<String, String> checked(Map<String, String> properties) {
    for (String key : properties.keySet()) {
      if (REFUSED_PROPERTIES.contains(key) || key.endsWith("-impl")) {
        throw EngineException.unsupported("the property " + key + " of a view");
      }
    }
    return properties;
  }

  private ViewChange.Definition definition(
      TableIdentifier view, Slice query, List<ViewStatement.Column> names) {
    StatementContext inside = context.within(view);
    QueryPlanner.Unoptimized planned =
        new QueryPlanner(inside).translate(context.parsed().newQuery().addSlice(query));
    List<Column> columns = planned.node().columns();
    if (!names.isEmpty() && names.size() != columns.size()) {
      throw source.syntaxError(
          names.get(0).offset(),
          names.size() + " columns are named but the query has " + columns.size());
    }
    List<Types.NestedField> fields = new ArrayList<>();
    List<String> queryColumns = new ArrayList<>();
    Set<String> used = new HashSet<>();
    AtomicInteger lastId = new AtomicInteger(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      String given = planned.results().get(i).label();
      String name = names.isEmpty() ? given : names.get(i).name().text();
      if (name.startsWith("EXPR$")) {
        throw new EngineException(
            SqlState.SYNTAX_ERROR,
            "column "
                + (i + 1)
                + " of the query has no name: give it one with AS, or list the columns of the view");
      }
      if (!used.add(name)) {
        throw new EngineException(
            SqlState.DUPLICATE_COLUMN, "column \"" + name + "\" of the view is named twice");
      }
      if (column.type() == SqlType.Primitive.UNKNOWN
          && ColumnOrigin.find(planned.node(), i) == null) {
        throw new EngineException(
            SqlState.DATATYPE_MISMATCH,
            "column \"" + name + "\" is a bare NULL: CAST it to a type");
      }
      queryColumns.add(given);
      fields.add(
          Types.NestedField.builder()
              .withId(i + 1)
              .withName(name)
              .isOptional(true)
              .ofType(TypeMapping.toIceberg(column.type(), lastId::incrementAndGet))
              .withDoc(names.isEmpty() ? null : names.get(i).comment())
              .build());
    }
    return new ViewChange.Definition(
        new Schema(fields), context.parsed().text(query), context.currentSchema(), queryColumns);
  }
}
