package dev.frazil.function;

import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.DoubleVector;
import dev.frazil.vector.VectorBuilder;

/** Vectors of numbers, as embeddings are: arrays of doubles of one length, without nulls. */
final class VectorLibrary {
  private VectorLibrary() {}

  /** What is computed of two vectors. */
  private enum Measure {
    DOT_PRODUCT,
    SIMILARITY,
    DISTANCE,
    EUCLIDEAN
  }

  static void define(Definitions library) {
    if (library.has("dot_product", "array_dot_product", "array_inner_product")) {
      library
          .function(
              "array(double), array(double) -> double",
              (in, out) -> append(Measure.DOT_PRODUCT, in, out))
          .is("The sum of the products of the numbers at the same index.")
          .example("dot_product(array[1, 2, 3], array[4, 5, 6])", "32");
    }
    if (library.has("cosine_similarity", "array_cosine_similarity")) {
      library
          .function(
              "array(double), array(double) -> double",
              (in, out) -> append(Measure.SIMILARITY, in, out))
          .is("The cosine of the angle between two vectors; null if one has no direction.")
          .example("cosine_similarity(array[1, 0], array[1, 1])", "0.7071067812");
    }
    if (library.has("cosine_distance", "array_cosine_distance")) {
      library
          .function(
              "array(double), array(double) -> double",
              (in, out) -> append(Measure.DISTANCE, in, out))
          .is("One minus the cosine of the angle between two vectors.")
          .example("cosine_distance(array[1, 0], array[0, 1])", "1");
    }
    if (library.has("euclidean_distance", "array_distance")) {
      library
          .function(
              "array(double), array(double) -> double",
              (in, out) -> append(Measure.EUCLIDEAN, in, out))
          .is("The length of the difference of two vectors.")
          .example("euclidean_distance(array[1, 2], array[4, 6])", "5");
    }
  }

  private static void append(Measure measure, Arguments in, VectorBuilder out) {
    int length = in.end(0) - in.start(0);
    if (length != in.end(1) - in.start(1)) {
      throw FunctionErrors.argument(
          "two vectors must have the same length, not "
              + length
              + " and "
              + (in.end(1) - in.start(1)));
    }
    double product = 0;
    double left = 0;
    double right = 0;
    double difference = 0;
    for (int i = 0; i < length; i++) {
      double a = number(in.elements(0), in.start(0) + i);
      double b = number(in.elements(1), in.start(1) + i);
      product += a * b;
      left += a * a;
      right += b * b;
      difference += (a - b) * (a - b);
    }
    boolean hasAngle = left > 0 && right > 0;
    double cosine = product / (Math.sqrt(left) * Math.sqrt(right));
    switch (measure) {
      case DOT_PRODUCT -> out.appendDouble(product);
      case EUCLIDEAN -> out.appendDouble(Math.sqrt(difference));
      case SIMILARITY, DISTANCE -> {
        if (hasAngle) {
          out.appendDouble(measure == Measure.SIMILARITY ? cosine : 1 - cosine);
        } else {
          out.appendNull();
        }
      }
    }
  }

  private static double number(ColumnVector elements, int row) {
    if (elements.isNull(row)) {
      throw FunctionErrors.argument("a vector has no null among its numbers");
    }
    return ((DoubleVector) elements).values()[row];
  }
}
