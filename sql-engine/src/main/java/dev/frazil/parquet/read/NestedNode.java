package dev.frazil.parquet.read;

import dev.frazil.parquet.encoding.MalformedDataException;
import dev.frazil.parquet.format.SchemaNode;
import dev.frazil.type.SqlType;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.MapVector;
import dev.frazil.vector.StructVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of a nested column: builds its vector from the levels of a leaf at or below it. Every node
 * stands in a context, the innermost list around it: the context's slots are the entries with a
 * repetition level of at most {@code repetition} and a definition level of at least {@code
 * definition}, and the node's vector has one row a slot.
 */
sealed interface NestedNode {

  /** The vector of {@code slots} rows in a context. */
  ColumnVector assemble(int repetition, int definition, int slots);

  /** A leaf whose levels describe this node; null if the file has nothing of it. */
  @Nullable NestedLeaf levels();

  /** A leaf. */
  record Leaf(NestedLeaf reader) implements NestedNode {
    @Override
    public ColumnVector assemble(int repetition, int definition, int slots) {
      return reader.values(slots);
    }

    @Override
    public NestedLeaf levels() {
      return reader;
    }
  }

  /** A variant: its parts as the struct that they are in the file, put together afterwards. */
  record Variant(Struct parts, VariantAssembly assembly) implements NestedNode {
    @Override
    public ColumnVector assemble(int repetition, int definition, int slots) {
      try {
        return assembly.assemble((StructVector) parts.assemble(repetition, definition, slots));
      } catch (MalformedDataException e) {
        throw parts.levels().corrupt(e);
      }
    }

    @Override
    public NestedLeaf levels() {
      return parts.levels();
    }
  }

  /** A field that the file lacks. */
  record Missing(ConstantColumn constant) implements NestedNode {
    @Override
    public ColumnVector assemble(int repetition, int definition, int slots) {
      return constant.read(slots);
    }

    @Override
    public @Nullable NestedLeaf levels() {
      return null;
    }
  }

  /** A struct. */
  record Struct(SqlType type, SchemaNode node, NestedLeaf levels, List<NestedNode> fields)
      implements NestedNode {
    @Override
    public ColumnVector assemble(int repetition, int definition, int slots) {
      boolean[] nulls = nulls(levels, node.maxDefinition(), repetition, definition, slots);
      List<ColumnVector> columns = new ArrayList<>();
      for (NestedNode field : fields) {
        columns.add(
            field instanceof Missing missing && nulls != null
                ? missing.constant().withNulls(slots, nulls)
                : field.assemble(repetition, definition, slots));
      }
      return new StructVector(type, slots, columns, nulls);
    }
  }

  /**
   * A list.
   *
   * @param nullDefinition definition level below which the list is null
   * @param repeated the repeated node, one entry of which is one element
   */
  record Repeated(
      SqlType type,
      int nullDefinition,
      SchemaNode repeated,
      NestedLeaf levels,
      List<NestedNode> parts)
      implements NestedNode {
    @Override
    public ColumnVector assemble(int repetition, int definition, int slots) {
      int[] offsets = new int[slots + 1];
      int elementRepetition = repeated.maxRepetition();
      int elementDefinition = repeated.maxDefinition();
      int[] definitions = levels.definitions;
      int[] repetitions = levels.repetitions;
      int slot = 0;
      int elements = 0;
      for (int i = 0; i < levels.entryCount; i++) {
        if (repetitions[i] <= repetition && definitions[i] >= definition) {
          if (slot < slots) {
            offsets[slot] = elements;
          }
          slot++;
        }
        if (repetitions[i] <= elementRepetition && definitions[i] >= elementDefinition) {
          elements++;
        }
      }
      checkSlots(levels, slot, slots);
      offsets[slots] = elements;
      boolean[] nulls = nulls(levels, nullDefinition, repetition, definition, slots);
      ColumnVector first = parts.get(0).assemble(elementRepetition, elementDefinition, elements);
      if (parts.size() == 1) {
        return new ListVector(type, slots, offsets, first, nulls);
      }
      ColumnVector second = parts.get(1).assemble(elementRepetition, elementDefinition, elements);
      return new MapVector(type, slots, offsets, first, second, nulls);
    }
  }

  /** Which slots of a context are null, because their level is below {@code nullDefinition}. */
  private static boolean @Nullable [] nulls(
      NestedLeaf levels, int nullDefinition, int repetition, int definition, int slots) {
    boolean[] nulls = new boolean[slots];
    boolean anyNull = false;
    int slot = 0;
    for (int i = 0; i < levels.entryCount; i++) {
      if (levels.repetitions[i] <= repetition && levels.definitions[i] >= definition) {
        if (slot < slots && levels.definitions[i] < nullDefinition) {
          nulls[slot] = true;
          anyNull = true;
        }
        slot++;
      }
    }
    checkSlots(levels, slot, slots);
    return anyNull ? nulls : null;
  }

  private static void checkSlots(NestedLeaf levels, int found, int expected) {
    if (found != expected) {
      throw levels.corrupt(
          new IllegalStateException(
              found + " entries where the columns beside it have " + expected));
    }
  }
}
