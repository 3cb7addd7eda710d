package dev.frazil.function;

/** Angles and hyperbolas. */
final class AngleLibrary {
  private AngleLibrary() {}

  static void define(Definitions library) {
    if (library.has("sin")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.sin(in.number(0))))
          .is("The sine of an angle in radians.")
          .example("sin(0)", "0");
    }
    if (library.has("cos")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.cos(in.number(0))))
          .is("The cosine of an angle in radians.")
          .example("cos(0)", "1");
    }
    if (library.has("tan")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.tan(in.number(0))))
          .is("The tangent of an angle in radians.")
          .example("tan(0.5)", "0.5463024898");
    }
    if (library.has("cot")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(1 / Math.tan(in.number(0))))
          .is("The cotangent of an angle in radians.")
          .example("cot(0.5)", "1.830487722");
    }
    if (library.has("asin")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(NumberBodies.arc("asin", in)))
          .is("The angle in radians whose sine it is.")
          .example("asin(1)", "1.570796327");
    }
    if (library.has("acos")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(NumberBodies.arc("acos", in)))
          .is("The angle in radians whose cosine it is.")
          .example("acos(0)", "1.570796327");
    }
    if (library.has("atan")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.atan(in.number(0))))
          .is("The angle in radians whose tangent it is.")
          .example("atan(1)", "0.7853981634");
    }
    if (library.has("sinh")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.sinh(in.number(0))))
          .is("The hyperbolic sine.")
          .example("sinh(1)", "1.175201194");
    }
    if (library.has("cosh")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.cosh(in.number(0))))
          .is("The hyperbolic cosine.")
          .example("cosh(1)", "1.543080635");
    }
    if (library.has("tanh")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.tanh(in.number(0))))
          .is("The hyperbolic tangent.")
          .example("tanh(1)", "0.761594156");
    }
    if (library.has("asinh")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Hyperbolas.arsinh(in)))
          .is("The number whose hyperbolic sine it is.")
          .example("asinh(1)", "0.881373587");
    }
    if (library.has("acosh")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Hyperbolas.arcosh(in)))
          .is("The number, not negative, whose hyperbolic cosine it is.")
          .example("acosh(2)", "1.316957897");
    }
    if (library.has("atanh")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Hyperbolas.artanh(in)))
          .is("The number whose hyperbolic tangent it is.")
          .example("atanh(0.5)", "0.5493061443");
    }
    if (library.has("degrees")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.toDegrees(in.number(0))))
          .is("Radians as degrees.")
          .example("degrees(pi())", "180");
    }
    if (library.has("radians")) {
      library
          .function("double -> double", (in, out) -> out.appendDouble(Math.toRadians(in.number(0))))
          .is("Degrees as radians.")
          .example("radians(180)", "3.141592654");
    }
    if (library.has("atan2")) {
      library
          .function(
              "double, double -> double",
              (in, out) -> out.appendDouble(Math.atan2(in.number(0), in.number(1))))
          .is("The angle in radians of the point (x, y), called with y first.")
          .example("atan2(1, 1)", "0.7853981634");
    }
  }
}
