package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;

/**
 * Functions of text by the position of characters, as MySQL, Spark and JDBC's escapes have them.
 */
final class TextPositionLibrary {
  private TextPositionLibrary() {}

  static void define(Definitions library) {
    if (library.has("locate")) {
      library
          .function("varchar, varchar, bigint? -> bigint", TextPositionLibrary::locate)
          .is("Where the first text stands in the second from a position on, 0 if nowhere.")
          .example("locate('i', 'frazil ice')", "5")
          .example("locate('i', 'frazil ice', 6)", "8");
    }
    if (library.has("stuff")) {
      library
          .function("varchar, bigint, bigint, varchar -> varchar", TextPositionLibrary::stuff)
          .is("A text with a number of characters from a position on replaced by another text.")
          .example("stuff('frXXil', 3, 2, 'az')", "frazil");
    }
    if (library.has("space")) {
      library
          .function(
              "bigint -> varchar",
              (in, out) -> {
                long count = Math.max(0, in.integer(0));
                FunctionErrors.checkLength(count, "space");
                out.appendText(" ".repeat((int) count));
              })
          .is("A text of n blanks.")
          .example("'[' || space(3) || ']'", "[   ]");
    }
  }

  private static void locate(Arguments in, VectorBuilder out) {
    String wanted = in.text(0);
    String text = in.text(1);
    long start = in.count() > 2 ? in.integer(2) : 1;
    int length = text.codePointCount(0, text.length());
    if (start < 1 || start > length + 1L) {
      out.appendLong(0);
      return;
    }
    int found = text.indexOf(wanted, text.offsetByCodePoints(0, (int) start - 1));
    out.appendLong(found < 0 ? 0 : text.codePointCount(0, found) + 1L);
  }

  private static void stuff(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    int length = text.codePointCount(0, text.length());
    long start = in.integer(1);
    long replaced = in.integer(2);
    if (start < 1 || replaced < 0) {
      throw FunctionErrors.argument(
          "stuff replaces 0 or more characters from 1 on, not " + replaced + " from " + start);
    }
    int from = (int) Math.min(length, start - 1);
    int to = (int) Math.min(length, from + Math.min(replaced, length));
    out.appendText(
        text.substring(0, text.offsetByCodePoints(0, from))
            + in.text(3)
            + text.substring(text.offsetByCodePoints(0, to)));
  }
}
