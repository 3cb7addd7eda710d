package dev.frazil.txn;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.UnboundPredicate;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * What a filter says of timestamps that once were dates. Files from before have bounds in days,
 * which Iceberg's library takes for microseconds or nanoseconds: it must not see such predicates.
 * Within the files they are judged by the bounds of row groups, which tell their unit. Stateless.
 * Source: Iceberg spec, Schema Evolution (version 3).
 */
public final class PromotedDates {
  private PromotedDates() {}

  /** The filter without what it says of them; itself where it says nothing. */
  public static Expression without(Expression filter, Table table) {
    return part(filter, table.schema(), table.schemas().values(), false);
  }

  /** As above. */
  static Expression without(Expression filter, TableMetadata metadata) {
    return part(filter, metadata.schema(), metadata.schemas(), false);
  }

  /** What the filter says of them alone. */
  public static Expression only(Expression filter, Table table) {
    return part(filter, table.schema(), table.schemas().values(), true);
  }

  private static Expression part(
      Expression filter, Schema schema, Collection<Schema> schemas, boolean wanted) {
    Set<Integer> dates = new HashSet<>();
    if (schemas.size() > 1 && filter.op() != Expression.Operation.TRUE) {
      for (Types.NestedField field : TypeUtil.indexById(schema.asStruct()).values()) {
        if (isTimestamp(field) && schemas.stream().anyMatch(each -> isDate(each, field))) {
          dates.add(field.fieldId());
        }
      }
    }
    if (dates.isEmpty()) {
      return wanted ? Expressions.alwaysTrue() : filter;
    }
    Set<UnboundPredicate<?>> found = new HashSet<>();
    Expression part =
        MappedPredicates.ofAny(
            filter,
            predicate -> {
              Types.NestedField field = schema.findField(predicate.ref().name());
              boolean isOne = field != null && dates.contains(field.fieldId());
              if (isOne) {
                found.add(predicate);
              }
              return isOne == wanted ? predicate : Expressions.alwaysTrue();
            });
    return wanted || !found.isEmpty() ? part : filter;
  }

  private static boolean isTimestamp(Types.NestedField field) {
    TypeID type = field.type().typeId();
    return type == TypeID.TIMESTAMP || type == TypeID.TIMESTAMP_NANO;
  }

  private static boolean isDate(Schema schema, Types.NestedField field) {
    Type type = schema.findType(field.fieldId());
    return type != null && type.typeId() == TypeID.DATE;
  }
}
