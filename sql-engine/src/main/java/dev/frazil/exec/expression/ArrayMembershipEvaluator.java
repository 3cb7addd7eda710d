package dev.frazil.exec.expression;

import dev.frazil.exec.ArrayMembership;
import dev.frazil.plan.ScalarExpression.Call;
import dev.frazil.type.PhysicalKind;
import dev.frazil.type.SqlType;
import dev.frazil.vector.BooleanVector;
import dev.frazil.vector.BytesVector;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DictionaryVector;
import dev.frazil.vector.IntVector;
import dev.frazil.vector.LongVector;
import dev.frazil.vector.RowBatch;
import dev.frazil.vector.VectorBuilder;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@link ArrayMembership} of values of kind INT, LONG or BYTES: by search among the sorted
 * elements or by hash, as the array may hold very many. One thread.
 */
final class ArrayMembershipEvaluator implements VectorEvaluator {
  private final Evaluator value;
  private final ArrayMembership membership;
  private final long[] sorted;
  private final Set<ByteBuffer> bytes = new HashSet<>();
  private @Nullable BytesVector dictionary;
  private boolean[] entries = new boolean[0];

  private ArrayMembershipEvaluator(Evaluator value, ArrayMembership membership) {
    this.value = value;
    this.membership = membership;
    VectorBuilder builder = VectorBuilder.of(membership.value().type());
    membership.elements().forEach(builder::appendValue);
    ColumnVector elements = builder.build();
    this.sorted = new long[elements instanceof BytesVector ? 0 : elements.rowCount()];
    for (int i = 0; i < elements.rowCount(); i++) {
      if (elements instanceof LongVector longs) {
        sorted[i] = longs.values()[i];
      } else if (elements instanceof IntVector ints) {
        sorted[i] = ints.values()[i];
      } else {
        bytes.add(slice((BytesVector) elements, i));
      }
    }
    Arrays.sort(sorted);
  }

  /** Null where the call is none, or of values of another kind. */
  static @Nullable Evaluator of(Call call, ExpressionEvaluator expressions) {
    ArrayMembership membership = ArrayMembership.of(call, expressions.context());
    if (membership == null) {
      return null;
    }
    SqlType type = membership.value().type();
    boolean supported =
        type.kind() == PhysicalKind.INT
            || type.kind() == PhysicalKind.LONG
            || type.kind() == PhysicalKind.BYTES;
    return supported
        ? new ArrayMembershipEvaluator(expressions.node(membership.value()), membership)
        : null;
  }

  @Override
  public ColumnVector evaluate(RowBatch batch) {
    ColumnVector vector = value.evaluate(batch);
    int rows = batch.rowCount();
    boolean[] truth = new boolean[rows];
    boolean[] nulls = new boolean[rows];
    boolean isEmpty = membership.elements().isEmpty() && !membership.holdsNull();
    for (int row = 0; row < rows; row++) {
      boolean isNull = vector.isNull(row);
      boolean found = !isNull && contains(vector, row);
      truth[row] = found != membership.negated();
      nulls[row] = !found && !isEmpty && (isNull || membership.holdsNull());
    }
    return new BooleanVector(SqlType.Primitive.BOOLEAN, rows, truth, nulls);
  }

  // dictionaries are shared by identity
  @SuppressWarnings("ReferenceEquality")
  private boolean contains(ColumnVector vector, int row) {
    if (vector instanceof LongVector longs) {
      return Arrays.binarySearch(sorted, longs.values()[row]) >= 0;
    } else if (vector instanceof IntVector ints) {
      return Arrays.binarySearch(sorted, ints.values()[row]) >= 0;
    } else if (vector instanceof DictionaryVector ids) {
      if (dictionary != ids.dictionary()) {
        dictionary = ids.dictionary();
        entries = new boolean[dictionary.rowCount()];
        for (int i = 0; i < entries.length; i++) {
          entries[i] = bytes.contains(slice(dictionary, i));
        }
      }
      return entries[ids.ids()[row]];
    }
    return bytes.contains(slice((BytesVector) vector, row));
  }

  private static ByteBuffer slice(BytesVector vector, int row) {
    int from = vector.offsets()[row];
    return ByteBuffer.wrap(vector.data(), from, vector.offsets()[row + 1] - from);
  }
}
