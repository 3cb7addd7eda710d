package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.LikeClause;
import dev.frazil.plan.parser.ParsedStatement.ColumnDefinition;
import dev.frazil.plan.parser.TableName;
import dev.frazil.type.SqlType;
import dev.frazil.type.TypeMapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * The columns of a table that is to be created: those of the statement, and between them those of
 * LIKE. The ids of the columns go from 1, in their order; those of nested fields follow.
 *
 * @param defaults the properties of defaults that are no constants
 */
record NewColumns(Schema schema, Map<String, String> defaults) {

  static NewColumns of(
      StatementContext context,
      List<ColumnDefinition> columns,
      List<LikePlanner> likes,
      List<TableName.Part> primaryKey) {
    return new Builder(context, columns, likes).build(primaryKey);
  }

  /** Gives out ids. */
  private static final class Builder {
    private final StatementContext context;
    private final List<ColumnDefinition> columns;
    private final List<LikePlanner> likes;
    private final AtomicInteger lastId;
    private final Set<String> names = new HashSet<>();
    private final List<Types.NestedField> fields = new ArrayList<>();
    private final Set<Integer> identifierIds = new HashSet<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();

    Builder(StatementContext context, List<ColumnDefinition> columns, List<LikePlanner> likes) {
      this.context = context;
      this.columns = columns;
      this.likes = likes;
      int count = columns.size();
      for (LikePlanner like : likes) {
        count += like.model().schema().columns().size();
      }
      this.lastId = new AtomicInteger(count);
    }

    NewColumns build(List<TableName.Part> primaryKey) {
      Set<String> keys = new HashSet<>();
      for (TableName.Part key : primaryKey) {
        keys.add(key.text().toLowerCase(Locale.ROOT));
      }
      for (int i = 0; i <= columns.size(); i++) {
        for (LikePlanner like : likes) {
          if (like.clause().position() == i) {
            add(like, keys);
          }
        }
        if (i < columns.size()) {
          add(columns.get(i), keys.remove(columns.get(i).name().text().toLowerCase(Locale.ROOT)));
        }
      }
      if (!keys.isEmpty()) {
        throw new EngineException(
            SqlState.UNDEFINED_COLUMN, "PRIMARY KEY names a column that is not there: " + keys);
      }
      return new NewColumns(new Schema(fields, identifierIds), defaults);
    }

    private void add(LikePlanner like, Set<String> keys) {
      Set<Integer> modelKey =
          like.takes(LikeClause.Part.CONSTRAINTS)
              ? like.model().schema().identifierFieldIds()
              : Set.of();
      if (!modelKey.isEmpty() && (!keys.isEmpty() || !identifierIds.isEmpty())) {
        throw context
            .parsed()
            .source()
            .syntaxError(
                like.clause().table().offset(),
                "a table has one primary key only: LIKE ... EXCLUDING CONSTRAINTS leaves that of"
                    + " the other table out");
      }
      for (Types.NestedField model : like.model().schema().columns()) {
        int offset = like.clause().table().offset();
        boolean isKey =
            keys.remove(model.name().toLowerCase(Locale.ROOT))
                || modelKey.contains(model.fieldId());
        int id = next(model.name(), offset);
        if (isKey) {
          NewTableProperties.requireKeyType(
              model.name(), TypeMapping.toSql(model.type()), "a primary key");
          identifierIds.add(id);
        }
        Types.NestedField field = like.column(model);
        fields.add(
            Types.NestedField.from(field)
                .withId(id)
                .isOptional(field.isOptional() && !isKey)
                .ofType(TypeUtil.assignFreshIds(field.type(), lastId::incrementAndGet))
                .build());
      }
    }

    private int next(String name, int offset) {
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new EngineException(
            SqlState.DUPLICATE_COLUMN,
            "column \""
                + name
                + "\" is named twice ("
                + context.parsed().source().position(offset)
                + ")");
      }
      return fields.size() + 1;
    }

    private void add(ColumnDefinition column, boolean isKey) {
      String name = column.name().text();
      int id = next(name, column.offset());
      if (isKey) {
        NewTableProperties.requireKeyType(name, column.type(), "a primary key");
        identifierIds.add(id);
      }
      Type type = TypeMapping.toIceberg(column.type(), lastId::incrementAndGet);
      DefaultPlanner value = DefaultPlanner.of(context, column, type);
      if (value.expression() != null) {
        defaults.put(DefaultValues.PREFIX + id, value.expression());
      }
      if (column.type() == SqlType.Primitive.UNKNOWN && (column.notNull() || isKey)) {
        throw new EngineException(
            SqlState.DATATYPE_MISMATCH,
            "column \"" + name + "\" is NOT NULL, but the type unknown holds nothing but nulls");
      }
      fields.add(
          Types.NestedField.builder()
              .withId(id)
              .withName(name)
              .isOptional(!column.notNull() && !isKey)
              .ofType(type)
              .withDoc(column.comment())
              .withWriteDefault(value.constant())
              .build());
    }
  }
}
