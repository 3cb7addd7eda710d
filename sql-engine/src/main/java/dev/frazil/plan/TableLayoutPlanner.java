package dev.frazil.plan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.parser.ParsedStatement.PartitionField;
import dev.frazil.plan.parser.SortItem;
import dev.frazil.plan.parser.SqlText;
import java.util.List;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Partitioning and sort order of a new table; 42703 for a column, 42804 for its type. */
final class TableLayoutPlanner {
  private final SqlText source;
  private final Schema schema;

  TableLayoutPlanner(SqlText source, Schema schema) {
    this.source = source;
    this.schema = schema;
  }

  PartitionSpec partitioning(List<PartitionField> fields) {
    PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
    for (PartitionField field : fields) {
      String column = column(field, "PARTITIONED BY");
      try {
        switch (field.transform()) {
          case "identity" -> builder.identity(column);
          case "bucket" -> builder.bucket(column, field.width());
          case "truncate" -> builder.truncate(column, field.width());
          case "year", "years" -> builder.year(column);
          case "month", "months" -> builder.month(column);
          case "day", "days", "date" -> builder.day(column);
          case "hour", "hours" -> builder.hour(column);
          case "void" -> builder.alwaysNull(column);
          default -> throw EngineException.internal("transform " + field.transform());
        }
      } catch (IllegalArgumentException | ValidationException e) {
        throw error("partition", field, column, e);
      }
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException | ValidationException e) {
      throw error("partition", fields.get(0), fields.get(0).column().text(), e);
    }
  }

  SortOrder sortOrder(List<SortItem> items) {
    SortOrder.Builder builder = SortOrder.builderFor(schema);
    for (SortItem item : items) {
      PartitionField field = item.field();
      String column = column(field, "WRITE ORDERED BY");
      NullOrder nulls = item.nullsFirst() ? NullOrder.NULLS_FIRST : NullOrder.NULLS_LAST;
      try {
        Term term = term(field, column);
        if (item.descending()) {
          builder.desc(term, nulls);
        } else {
          builder.asc(term, nulls);
        }
      } catch (IllegalArgumentException | ValidationException e) {
        throw error("sort", field, column, e);
      }
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException | ValidationException e) {
      throw error("sort", items.get(0).field(), items.get(0).field().column().text(), e);
    }
  }

  private static Term term(PartitionField field, String column) {
    return switch (field.transform()) {
      case "identity" -> Expressions.ref(column);
      case "bucket" -> Expressions.bucket(column, field.width());
      case "truncate" -> Expressions.truncate(column, field.width());
      case "year", "years" -> Expressions.year(column);
      case "month", "months" -> Expressions.month(column);
      case "day", "days", "date" -> Expressions.day(column);
      case "hour", "hours" -> Expressions.hour(column);
      default -> throw EngineException.unsupported("a sort order by " + field.transform());
    };
  }

  private EngineException error(
      String what, PartitionField field, String column, RuntimeException cause) {
    return new EngineException(
        SqlState.DATATYPE_MISMATCH,
        "cannot "
            + what
            + " by "
            + field.transform()
            + " of column \""
            + column
            + "\" ("
            + source.position(field.offset())
            + "): "
            + cause.getMessage(),
        cause);
  }

  private String column(PartitionField field, String clause) {
    @Nullable String insensitive = null;
    for (Types.NestedField candidate : schema.columns()) {
      if (candidate.name().equals(field.column().text())) {
        return candidate.name();
      }
      if (candidate.name().equalsIgnoreCase(field.column().text())) {
        insensitive = candidate.name();
      }
    }
    if (insensitive == null && schema.findField(field.column().text()) != null) {
      return field.column().text();
    }
    if (insensitive == null) {
      throw new EngineException(
          SqlState.UNDEFINED_COLUMN,
          clause
              + " names a column that is not there: \""
              + field.column().text()
              + "\" ("
              + source.position(field.offset())
              + ")"
              + NearestNames.hint(
                  field.column().text(),
                  schema.columns().stream().map(Types.NestedField::name).toList()));
    }
    return insensitive;
  }
}
