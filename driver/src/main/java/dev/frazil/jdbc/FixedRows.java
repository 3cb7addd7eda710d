package dev.frazil.jdbc;

import dev.frazil.plan.PlannedStatement.ResultColumn;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Result sets of rows that are known beforehand: what the metadata calls give. */
final class FixedRows {
  private final List<ResultColumn> columns = new ArrayList<>();
  private final List<VectorBuilder> builders = new ArrayList<>();
  private final Set<String> small = new HashSet<>();
  private int rowCount;

  /** Adds a column of text. */
  FixedRows text(String... labels) {
    for (String label : labels) {
      column(label, SqlType.Primitive.VARCHAR);
    }
    return this;
  }

  /** Adds a column of short integers, SMALLINT to the client. */
  FixedRows small(String... labels) {
    this.small.addAll(List.of(labels));
    return integer(labels);
  }

  /** Adds a column of truth values. */
  FixedRows flag(String... labels) {
    for (String label : labels) {
      column(label, SqlType.Primitive.BOOLEAN);
    }
    return this;
  }

  /** Adds a column of long integers. */
  FixedRows big(String... labels) {
    for (String label : labels) {
      column(label, SqlType.Primitive.BIGINT);
    }
    return this;
  }

  /** Adds a column of integers. */
  FixedRows integer(String... labels) {
    for (String label : labels) {
      column(label, SqlType.Primitive.INTEGER);
    }
    return this;
  }

  FixedRows column(String label, SqlType type) {
    columns.add(new ResultColumn(label, type, true, null, null));
    builders.add(VectorBuilder.of(type));
    return this;
  }

  /** Adds a row of values in the form of {@link dev.frazil.vector.VectorValues}. */
  FixedRows row(@Nullable Object... values) {
    if (values.length != builders.size()) {
      throw new IllegalArgumentException(
          values.length + " values for " + builders.size() + " columns");
    }
    for (int i = 0; i < values.length; i++) {
      builders.get(i).appendValue(values[i]);
    }
    rowCount++;
    return this;
  }

  JdbcResultSet resultSet() {
    return resultSet(columns, builders.stream().map(VectorBuilder::build).toList(), rowCount)
        .withSmall(small);
  }

  static JdbcResultSet labelled(List<String> labels, List<ColumnVector> vectors, int rowCount) {
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      columns.add(new ResultColumn(labels.get(i), vectors.get(i).type(), true, null, null));
    }
    return resultSet(columns, vectors, rowCount);
  }

  private static JdbcResultSet resultSet(
      List<ResultColumn> columns, List<ColumnVector> vectors, int rowCount) {
    RowBatch batch = rowCount == 0 ? null : new RowBatch(vectors, rowCount);
    return new ForwardResultSet(null, columns, new OneBatch(batch), 0, 0);
  }

  private static final class OneBatch implements RowSource {
    private @Nullable RowBatch batch;

    OneBatch(@Nullable RowBatch batch) {
      this.batch = batch;
    }

    @Override
    public @Nullable RowBatch next() {
      RowBatch given = batch;
      batch = null;
      return given;
    }

    @Override
    public void close() {
      batch = null;
    }
  }
}
