package dev.frazil.function;

import java.util.function.DoubleUnaryOperator;

/** Trigonometry of angles in degrees, exact where the result is a simple number. */
final class DegreeLibrary {
  private DegreeLibrary() {}

  static void define(Definitions library) {
    if (library.has("sind")) {
      of(library, DegreeLibrary::sine)
          .is("The sine of an angle in degrees.")
          .example("sind(30)", "0.5");
    }
    if (library.has("cosd")) {
      of(library, degrees -> sine(90 - Math.abs(degrees)))
          .is("The cosine of an angle in degrees.")
          .example("cosd(60)", "0.5");
    }
    if (library.has("tand")) {
      of(library, degrees -> sine(degrees) / sine(90 - Math.abs(degrees)))
          .is("The tangent of an angle in degrees.")
          .example("tand(45)", "1");
    }
    if (library.has("cotd")) {
      of(library, degrees -> sine(90 - Math.abs(degrees)) / sine(degrees))
          .is("The cotangent of an angle in degrees.")
          .example("cotd(45)", "1");
    }
    if (library.has("asind")) {
      of(library, value -> inverse("asind", value, Math.asin(value)))
          .is("The angle in degrees whose sine it is.")
          .example("asind(0.5)", "30");
    }
    if (library.has("acosd")) {
      of(library, value -> inverse("acosd", value, Math.acos(value)))
          .is("The angle in degrees whose cosine it is.")
          .example("acosd(0.5)", "60");
    }
    if (library.has("atand")) {
      of(library, value -> exact(Math.toDegrees(Math.atan(value))))
          .is("The angle in degrees whose tangent it is.")
          .example("atand(1)", "45");
    }
    if (library.has("atan2d")) {
      library
          .function(
              "double, double -> double",
              (in, out) ->
                  out.appendDouble(exact(Math.toDegrees(Math.atan2(in.number(0), in.number(1))))))
          .is("The angle in degrees of the point (x, y), called with y first.")
          .example("atan2d(1, 0)", "90");
    }
  }

  private static Definitions.Definition of(Definitions library, DoubleUnaryOperator function) {
    return library.function(
        "double -> double", (in, out) -> out.appendDouble(function.applyAsDouble(in.number(0))));
  }

  private static double sine(double degrees) {
    if (Double.isInfinite(degrees)) {
      throw FunctionErrors.outOfRange("an infinite angle has no sine");
    }
    double turn = degrees % 360;
    double angle = Math.abs(turn) > 180 ? turn - Math.copySign(360, turn) : turn;
    double sharp = Math.abs(angle) > 90 ? Math.copySign(180 - Math.abs(angle), angle) : angle;
    double size = Math.abs(sharp);
    if (size == 30) {
      return Math.copySign(0.5, sharp);
    }
    // above 45 degrees the cosine of the rest, so that sine and cosine agree where they are equal
    return size > 45
        ? Math.copySign(Math.cos(Math.toRadians(90 - size)), sharp)
        : size == 45 ? Math.copySign(Math.sqrt(0.5), sharp) : Math.sin(Math.toRadians(sharp));
  }

  private static double inverse(String function, double value, double radians) {
    if (value < -1 || value > 1) {
      throw FunctionErrors.outOfRange(
          function + "(" + value + ") is undefined: it takes numbers from -1 to 1");
    }
    return exact(Math.toDegrees(radians));
  }

  /** Whole degrees where the last digits of the division by pi are all that is missing. */
  private static double exact(double degrees) {
    double whole = Math.rint(degrees);
    return Math.abs(degrees - whole) < 1e-13 * Math.abs(whole) ? whole : degrees;
  }
}
