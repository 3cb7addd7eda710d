package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.plan.parser.TableAlteration;
import dev.frazil.plan.parser.TableName;
import dev.frazil.plan.parser.TableName.Part;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** ALTER COLUMN: type, default, NOT NULL and comment of a column that is there. */
final class ColumnActions {
  private final StatementContext context;
  private final SqlText source;
  private final AlteredTable target;
  private final Table table;
  private final ColumnPath paths;

  ColumnActions(StatementContext context, AlteredTable target) {
    this.context = context;
    this.source = context.parsed().source();
    this.target = target;
    this.table = target.table();
    this.paths = target.paths();
  }

  /** What files hold must be readable as the new type: only Iceberg's promotions are. */
  List<TableChange> type(TableAlteration.SetType set) {
    Types.NestedField field = paths.require(set.path());
    if (TypeMapping.toSql(field.type()).equals(set.type())) {
      return List.of();
    }
    Type type = TypeMapping.toIceberg(set.type());
    if (!type.isPrimitiveType()
        || !field.type().isPrimitiveType()
        || !TypeUtil.isPromotionAllowed(field.type(), type.asPrimitiveType())) {
      throw new EngineException(
          SqlState.DATATYPE_MISMATCH,
          "column \""
              + set.path().describe()
              + "\" of type "
              + TypeMapping.toSql(field.type()).sqlName()
              + " cannot become "
              + set.type().sqlName()
              + " ("
              + source.position(set.offset())
              + "), as files hold its values: integer becomes bigint, real becomes double, and"
              + " decimal gets more digits before its point. Add another column and UPDATE it");
    }
    String column = paths.fullName(field);
    return List.of(
        new TableChange.Update(
            now -> now.updateSchema().updateColumn(column, type.asPrimitiveType())));
  }

  /** A constant is Iceberg's write default, another expression a property of the table. */
  List<TableChange> defaultValue(TableAlteration.SetDefault set) {
    Types.NestedField field = paths.require(set.path());
    if (set.path().parts().size() > 1) {
      throw source.unsupported(set.path().offset(), "DEFAULT of a field of a row");
    }
    DefaultPlanner value =
        DefaultPlanner.of(
            context,
            new ColumnDefinition(
                new Part(field.name(), true),
                TypeMapping.toSql(field.type()),
                field.isRequired(),
                set.value(),
                null,
                set.path().offset()),
            field.type());
    @Nullable Literal<?> constant = value.constant();
    List<TableChange> changes = new ArrayList<>();
    if (constant != null || field.writeDefault() != null) {
      changes.add(
          new TableChange.Update(
              now -> now.updateSchema().updateColumnDefault(field.name(), constant)));
    }
    String property = DefaultValues.PREFIX + field.fieldId();
    @Nullable String expression = value.expression();
    if (expression != null) {
      changes.add(new TableChange.Update(now -> now.updateProperties().set(property, expression)));
    } else if (table.properties().containsKey(property)) {
      changes.add(new TableChange.Update(now -> now.updateProperties().remove(property)));
    }
    return changes;
  }

  List<TableChange> notNull(TableAlteration.SetNotNull set) {
    TableName path = set.path();
    Types.NestedField field = paths.require(path);
    String column = paths.fullName(field);
    if (set.notNull() == field.isRequired()) {
      return List.of();
    }
    if (!set.notNull()) {
      if (table.schema().identifierFieldIds().contains(field.fieldId())) {
        throw new EngineException(
            SqlState.DEPENDENT_OBJECTS_EXIST,
            "column \""
                + column
                + "\" of table "
                + target.identifier()
                + " is part of the primary key, which has no nulls: DROP PRIMARY KEY first");
      }
      return List.of(new TableChange.Update(now -> now.updateSchema().makeColumnOptional(column)));
    }
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= path.parts().size(); i++) {
      Types.NestedField step = paths.require(new TableName(path.parts().subList(0, i), i));
      if (i < path.parts().size() && !step.type().isStructType()) {
        throw source.unsupported(path.offset(), "SET NOT NULL inside of an array or map");
      }
      names.add(step.name());
    }
    return target.requireColumn(names, column);
  }

  List<TableChange> comment(TableAlteration.CommentColumn set) {
    String column = paths.fullName(paths.require(set.path()));
    return List.of(
        new TableChange.Update(now -> now.updateSchema().updateColumnDoc(column, set.comment())));
  }
}
