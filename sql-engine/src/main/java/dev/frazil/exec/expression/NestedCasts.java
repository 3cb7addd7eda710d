package dev.frazil.exec.expression;

import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.type.SqlType.ArrayType;
import dev.frazil.type.SqlType.MapType;
import dev.frazil.type.SqlType.RowType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ConstantVectors;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.SelectionVector;
import dev.frazil.vector.StructVector;
import dev.frazil.vector.VectorGather;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Casts of arrays, maps and rows: element by element, field by field. */
final class NestedCasts {
  private NestedCasts() {}

  static boolean isNested(SqlType type) {
    PhysicalKind kind = type.kind();
    return kind == PhysicalKind.LIST || kind == PhysicalKind.MAP || kind == PhysicalKind.STRUCT;
  }

  static Evaluator compile(Casts casts, Evaluator operand, SqlType from, SqlType to, boolean safe) {
    Evaluator child = new ReferenceEvaluator(0);
    if (from instanceof ArrayType source && to instanceof ArrayType target) {
      Evaluator element = casts.compile(child, source.element(), target.element(), safe);
      return new Mapped(operand, to, vector -> castList((ListVector) vector, element, to));
    }
    if (from instanceof MapType source && to instanceof MapType target) {
      Evaluator key = casts.compile(child, source.key(), target.key(), safe);
      Evaluator value = casts.compile(child, source.value(), target.value(), safe);
      return new Mapped(operand, to, vector -> castMap((MapVector) vector, key, value, to));
    }
    if (from instanceof RowType source
        && to instanceof RowType target
        && source.fields().size() == target.fields().size()) {
      List<Evaluator> fields = new ArrayList<>();
      for (int i = 0; i < source.fields().size(); i++) {
        fields.add(
            casts.compile(
                child, source.fields().get(i).type(), target.fields().get(i).type(), safe));
      }
      return new Mapped(operand, to, vector -> castRow((StructVector) vector, fields, to));
    }
    throw ConversionErrors.noConversion(from, to);
  }

  /** Applies a change of vectors to the rows alive only: the elements of others may not convert. */
  private record Mapped(Evaluator operand, SqlType type, UnaryOperator<ColumnVector> conversion)
      implements VectorEvaluator {
    @Override
    public ColumnVector evaluate(RowBatch batch) {
      ColumnVector source = operand.evaluate(batch);
      SelectionVector alive = batch.selection();
      if (alive == null) {
        return conversion.apply(compactChildren(source));
      }
      int[] positions = alive.positions();
      int count = alive.count();
      if (count == 0) {
        return ConstantVectors.nulls(type, batch.rowCount());
      }
      ColumnVector dense = conversion.apply(VectorGather.gather(source, positions, count));
      int[] inverse = new int[batch.rowCount()];
      for (int i = 0; i < count; i++) {
        inverse[positions[i]] = i;
      }
      return VectorGather.gather(dense, inverse, inverse.length);
    }

    /** Drops child rows that no row refers to. */
    private static ColumnVector compactChildren(ColumnVector source) {
      int rows = source.rowCount();
      return VectorGather.gather(source, VectorGather.range(0, rows), rows);
    }
  }

  private static ColumnVector castList(ListVector list, Evaluator element, SqlType to) {
    return new ListVector(
        to, list.rowCount(), list.offsets(), apply(element, list.elements()), list.nulls());
  }

  private static ColumnVector castMap(MapVector map, Evaluator key, Evaluator value, SqlType to) {
    return new MapVector(
        to,
        map.rowCount(),
        map.offsets(),
        apply(key, map.keys()),
        apply(value, map.mapValues()),
        map.nulls());
  }

  private static ColumnVector castRow(StructVector row, List<Evaluator> casts, SqlType to) {
    List<ColumnVector> fields = new ArrayList<>();
    for (int i = 0; i < casts.size(); i++) {
      fields.add(apply(casts.get(i), row.fields().get(i)));
    }
    return new StructVector(to, row.rowCount(), fields, row.nulls());
  }

  private static ColumnVector apply(Evaluator cast, ColumnVector vector) {
    return cast.evaluate(new RowBatch(List.of(vector), vector.rowCount()));
  }
}
