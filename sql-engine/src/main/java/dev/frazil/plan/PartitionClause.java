package dev.frazil.plan;

import dev.frazil.catalog.TableBranch;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.plan.PlannedStatement.Replaced;
import dev.frazil.plan.ScalarExpression.Literal;
import dev.frazil.plan.parser.ParsedStatement.Insert;
import dev.frazil.plan.parser.ParsedStatement.PartitionValue;
import dev.frazil.plan.parser.SqlText;
import dev.frazil.type.PredicateValues;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.Primitive;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;

/** INSERT OVERWRITE and PARTITION: the values of columns, and the rows that are replaced. */
final class PartitionClause {
  private final StatementContext context;
  private final Insert insert;
  private final TargetTable target;
  private final Map<Integer, ScalarExpression> values = new LinkedHashMap<>();
  private Expression filter = Expressions.alwaysTrue();
  private boolean open;

  PartitionClause(StatementContext context, Insert insert, TargetTable target) {
    this.context = context;
    this.insert = insert;
    this.target = target;
    insert.partition().forEach(this::add);
  }

  /** The columns whose value the clause gives. */
  Map<Integer, ScalarExpression> values() {
    return values;
  }

  /** Null for an INSERT INTO. */
  @Nullable Replaced replaced() {
    if (!insert.overwrite()) {
      return null;
    }
    return open ? new Replaced.Partitions() : new Replaced.Matching(filter);
  }

  private void add(PartitionValue partition) {
    SqlText source = context.parsed().source();
    int column = target.column(partition.column().text(), source, partition.offset());
    boolean fixed = partition.value() != null;
    requirePartitioned(column, fixed, partition);
    if (partition.value() == null) {
      open = true;
      return;
    }
    SqlType type = target.types().get(column);
    String castType = TargetTable.castType(type);
    if (castType == null) {
      throw EngineException.unsupported("a partition by a column of type " + type.sqlName());
    }
    Object value = context.constant(partition.value(), castType);
    Object known = value == ConstantSource.UNKNOWN ? null : value;
    if (values.put(column, new Literal(known, type)) != null) {
      throw new EngineException(
          SqlState.DUPLICATE_COLUMN,
          "column \"" + partition.column().text() + "\" is named twice in PARTITION");
    }
    filter = Expressions.and(filter, equal(target.fields().get(column).name(), known, type));
  }

  /** A value tells whole files apart only where the table is partitioned by the column itself. */
  private void requirePartitioned(int column, boolean fixed, PartitionValue partition) {
    int id = target.fields().get(column).fieldId();
    for (PartitionField field : target.handle().table().spec().fields()) {
      if (field.sourceId() == id
          && (fixed ? field.transform().isIdentity() : !field.transform().isVoid())) {
        return;
      }
    }
    throw new EngineException(
        SqlState.INVALID_STATEMENT,
        "table "
            + TableBranch.text(target.handle().identifier())
            + " is not partitioned by "
            + (fixed ? "the values of column \"" : "column \"")
            + partition.column().text()
            + "\" ("
            + context.parsed().source().position(partition.offset())
            + "); DELETE and INSERT in one transaction replace any rows");
  }

  private static Expression equal(String column, @Nullable Object value, SqlType type) {
    if (value == null) {
      return Expressions.isNull(column);
    }
    if ((value instanceof Double number && number.isNaN())
        || (value instanceof Float real && real.isNaN())) {
      return Expressions.isNaN(column);
    }
    if (value instanceof byte[] bytes) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return type == Primitive.UUID
          ? Expressions.equal(column, new UUID(buffer.getLong(), buffer.getLong()))
          : Expressions.equal(column, buffer);
    }
    return Expressions.equal(column, PredicateValues.of(value, type));
  }
}
