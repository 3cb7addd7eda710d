package dev.frazil.txn;

import dev.frazil.type.PredicateValues;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.UnboundTerm;
import org.apache.iceberg.types.Type;
import org.jspecify.annotations.Nullable;

/** The rows of the partitions of some files, in terms of columns. Stateless. */
public final class PartitionFilters {
  /** More partitions than that are all rows of the table. */
  private static final int MAX_PARTITIONS = 500;

  private PartitionFilters() {}

  /** True for every row of these partitions, and for more where that is not easily said. */
  public static Expression of(PartitionSpec spec, List<DataFile> files) {
    Set<String> seen = new HashSet<>();
    Expression any = Expressions.alwaysFalse();
    for (DataFile file : files) {
      if (seen.add(spec.partitionToPath(file.partition()))) {
        any = Expressions.or(any, of(spec, file));
      }
      if (seen.size() > MAX_PARTITIONS) {
        return Expressions.alwaysTrue();
      }
    }
    return any;
  }

  private static Expression of(PartitionSpec spec, DataFile file) {
    Expression all = Expressions.alwaysTrue();
    for (int i = 0; i < spec.fields().size(); i++) {
      PartitionField field = spec.fields().get(i);
      String column = spec.schema().findColumnName(field.sourceId());
      if (column != null) {
        Type type = spec.schema().findType(field.sourceId());
        all = Expressions.and(all, of(field, column, type, file.partition().get(i, Object.class)));
      }
    }
    return all;
  }

  private static Expression of(
      PartitionField field, String column, Type type, @Nullable Object value) {
    String transform = field.transform().toString();
    if (field.transform().isVoid() || transform.startsWith("truncate")) {
      return Expressions.alwaysTrue();
    }
    if (value == null) {
      return Expressions.isNull(column);
    }
    if ((value instanceof Double number && number.isNaN())
        || (value instanceof Float real && real.isNaN())) {
      return Expressions.isNaN(column);
    }
    if (field.transform().isIdentity()) {
      return Expressions.equal(column, PredicateValues.of(value, type));
    }
    UnboundTerm<Object> term =
        switch (transform) {
          case "year" -> Expressions.year(column);
          case "month" -> Expressions.month(column);
          case "day" -> Expressions.day(column);
          case "hour" -> Expressions.hour(column);
          default -> null;
        };
    return term == null ? Expressions.alwaysTrue() : Expressions.equal(term, value);
  }
}
