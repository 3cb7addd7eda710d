package dev.frazil.function;

import com.google.re2j.Matcher;
import dev.frazil.vector.VectorBuilder;

/**
 * Regular expressions from a position on and by the number of the match, as PostgreSQL 15 has them.
 */
final class PatternMatchLibrary {
  private static final int START = 2;

  private PatternMatchLibrary() {}

  static void define(Definitions library) {
    if (library.has("regexp_substr")) {
      library
          .function(
              "varchar, varchar, bigint?, bigint?, varchar?, bigint? -> varchar",
              PatternMatchLibrary::substring)
          .is(
              "The first match, or the n-th one from a position on, with flags as in regexp_replace,"
                  + " or a group of it; null if there is none.")
          .example("regexp_substr('ABCDEF', 'c(.)(..)', 1, 1, 'i')", "CDEF")
          .example("regexp_substr('ABCDEF', 'c(.)(..)', 1, 1, 'i', 2)", "EF");
    }
    if (library.has("regexp_instr")) {
      library
          .function(
              "varchar, varchar, bigint?, bigint?, bigint?, varchar?, bigint? -> bigint",
              PatternMatchLibrary::position)
          .is(
              "Where the first match, or the n-th one from a position on, begins (or, if the next"
                  + " argument is 1, what follows it), with flags, or a group of it; 0 if there is"
                  + " none.")
          .example("regexp_instr('number of your street, town zip, FR', '[^,]+', 1, 2)", "23")
          .example("regexp_instr('ABCDEFGHI', '(c..)(...)', 1, 1, 0, 'i', 2)", "6");
    }
  }

  private static void substring(Arguments in, VectorBuilder out) {
    Matcher matcher = PatternBodies.matcher(in, 4);
    int group = group(in, 5, matcher);
    String found = find(in, matcher, 3) ? matcher.group(group) : null;
    if (found == null) {
      out.appendNull();
    } else {
      out.appendText(found);
    }
  }

  private static void position(Arguments in, VectorBuilder out) {
    Matcher matcher = PatternBodies.matcher(in, 5);
    int group = group(in, 6, matcher);
    boolean isEnd = in.count() > 4 && in.integer(4, 0, 1, "where of a match") == 1;
    boolean found = find(in, matcher, 3) && matcher.start(group) >= 0;
    int at = !found ? 0 : isEnd ? matcher.end(group) : matcher.start(group);
    out.appendLong(found ? 1 + in.text(0).codePointCount(0, at) : 0);
  }

  private static boolean find(Arguments in, Matcher matcher, int number) {
    int wanted =
        in.count() > number ? in.integer(number, 1, Integer.MAX_VALUE, "the number of a match") : 1;
    boolean found = matcher.find(PatternBodies.start(in, START));
    while (found && --wanted > 0) {
      found = matcher.find();
    }
    return found;
  }

  private static int group(Arguments in, int index, Matcher matcher) {
    return in.count() > index
        ? in.integer(index, 0, matcher.groupCount(), "the number of a group")
        : 0;
  }
}
