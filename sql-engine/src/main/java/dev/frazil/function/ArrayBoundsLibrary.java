package dev.frazil.function;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;

/** How far arrays reach, as PostgreSQL asks. */
final class ArrayBoundsLibrary {
  private ArrayBoundsLibrary() {}

  static void define(Definitions library) {
    if (library.has("array_ndims")) {
      library
          .function("array(E) -> integer", ArrayBoundsLibrary::dimensions)
          .is("How deeply arrays are nested; null for an empty one.")
          .example("array_ndims(array[array[1, 2], array[3, 4]])", "2");
    }
    if (library.has("array_dims")) {
      library
          .function("array(E) -> varchar", ArrayBoundsLibrary::bounds)
          .is("The bounds of an array, and of the first one in it; null for an empty one.")
          .example("array_dims(array[array[1, 2, 3], array[4, 5, 6]])", "[1:2][1:3]");
    }
    if (library.has("array_fill")) {
      library
          .function("E, array(bigint) -> array(E)", ArrayBoundsLibrary::fill)
          .takesNulls()
          .is("An array of one dimension with a value as often as the second argument says.")
          .example("array_fill(7, array[3])", "[7, 7, 7]");
    }
    if (library.has("generate_subscripts")) {
      library
          .function("array(E), bigint, boolean? -> array(bigint)", ArrayBoundsLibrary::subscripts)
          .is(
              "The indexes of an array (dimension 1), from the last one if the third argument is"
                  + " true; in FROM a row for each.")
          .example("generate_subscripts(array['a', 'b'], 1)", "[1, 2]")
          .example("(SELECT sum(i) FROM generate_subscripts(array[5, 6, 7], 1) AS g(i))", "6");
    }
  }

  private static void dimensions(Arguments in, VectorBuilder out) {
    int depth = 1;
    ColumnVector elements = in.elements(0);
    while (elements instanceof ListVector inner) {
      depth++;
      elements = inner.elements();
    }
    if (in.start(0) == in.end(0)) {
      out.appendNull();
    } else {
      out.appendInt(depth);
    }
  }

  private static void bounds(Arguments in, VectorBuilder out) {
    int from = in.start(0);
    int to = in.end(0);
    ColumnVector elements = in.elements(0);
    StringBuilder text = new StringBuilder();
    while (from < to) {
      text.append("[1:").append(to - from).append(']');
      if (!(elements instanceof ListVector inner) || inner.isNull(from)) {
        break;
      }
      to = inner.offsets()[from + 1];
      from = inner.offsets()[from];
      elements = inner.elements();
    }
    if (text.isEmpty()) {
      out.appendNull();
    } else {
      out.appendText(text.toString());
    }
  }

  private static void fill(Arguments in, VectorBuilder out) {
    if (in.isNull(1)) {
      out.appendNull();
      return;
    }
    int at = in.start(1);
    ColumnVector lengths = in.elements(1);
    if (in.end(1) - at != 1 || lengths.isNull(at)) {
      throw FunctionErrors.argument("array_fill makes arrays of one dimension: array[length]");
    }
    long length = Math.max(0, ((dev.frazil.vector.LongVector) lengths).values()[at]);
    FunctionErrors.checkElements(length, "array_fill");
    ListVectorBuilder list = (ListVectorBuilder) out;
    for (long i = 0; i < length; i++) {
      list.elements().appendFrom(in.vector(0), in.row());
    }
    list.endRow();
  }

  private static void subscripts(Arguments in, VectorBuilder out) {
    if (in.integer(1) != 1) {
      throw FunctionErrors.argument("generate_subscripts knows dimension 1 only");
    }
    boolean isReverse = in.count() > 2 && in.bool(2);
    ListVectorBuilder list = (ListVectorBuilder) out;
    int length = in.end(0) - in.start(0);
    for (int i = 1; i <= length; i++) {
      list.elements().appendLong(isReverse ? length + 1 - i : i);
    }
    list.endRow();
  }
}
