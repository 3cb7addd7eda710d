package dev.frazil.plan.parser;

import dev.frazil.plan.parser.SqlToken.Kind;

/**
 * How far an expression reaches where no bracket or keyword ends it: {@code AS OF} is followed by a
 * value, by operators and values, and then by what belongs to the table.
 */
final class ConstantExtent {
  private ConstantExtent() {}

  /** Moves behind the expression. Errors: 42601 where no value stands. */
  static void skip(TokenReader reader) {
    while (true) {
      skipValue(reader);
      SqlToken next = reader.peek();
      boolean goesOn =
          next.isSymbol("+")
              || next.isSymbol("-")
              || next.isSymbol("*")
              || next.isSymbol("/")
              || next.isSymbol("%")
              || next.isSymbol("||");
      if (!goesOn) {
        return;
      }
      reader.next();
    }
  }

  private static void skipValue(TokenReader reader) {
    while (reader.peek().isSymbol("-") || reader.peek().isSymbol("+")) {
      reader.next();
    }
    SqlToken first = reader.peek();
    switch (first.kind()) {
      case END -> throw reader.expected("a constant");
      case SYMBOL -> {
        if (!reader.acceptSymbol("(")) {
          throw reader.expected("a constant");
        }
        reader.skipToClosing();
      }
      case STRING, NUMBER, PARAMETER -> reader.next();
      case WORD, QUOTED -> skipWord(reader, first);
    }
    while (true) {
      if (reader.acceptSymbol("[")) {
        reader.skipToClosing();
      } else if (reader.acceptSymbol("::")) {
        skipType(reader);
      } else if (reader.accept("at", "time", "zone")) {
        skipValue(reader);
      } else {
        return;
      }
    }
  }

  private static void skipWord(TokenReader reader, SqlToken first) {
    reader.next();
    if (first.is("case")) {
      reader.moveTo(reader.find("end"));
      reader.expect("end");
    } else if (first.is("interval")) {
      skipValue(reader);
      if (isUnit(reader)) {
        skipUnit(reader);
        if (reader.accept("to")) {
          skipUnit(reader);
        }
      }
    } else if ((first.is("timestamp") || first.is("time")) && reader.accept("with")) {
      reader.accept("local");
      reader.expect("time", "zone");
      reader.string("a time in quotes");
    } else if (reader.peek().kind() == Kind.STRING) {
      reader.next(); // DATE '...' and its like
    } else {
      while (reader.acceptSymbol(".")) {
        reader.simpleName("column");
      }
      if (reader.acceptSymbol("(")) {
        reader.skipToClosing();
      }
    }
  }

  private static boolean isUnit(TokenReader reader) {
    return reader.peek().kind() == Kind.WORD && SoftWords.isUnit(reader.peek().value());
  }

  private static void skipUnit(TokenReader reader) {
    reader.next();
    if (reader.acceptSymbol("(")) {
      reader.skipToClosing();
    }
  }

  private static void skipType(TokenReader reader) {
    SqlToken name = reader.simpleName("type");
    if (name.is("double")) {
      reader.accept("precision");
    } else if (name.is("character")) {
      reader.accept("varying");
    }
    if (reader.acceptSymbol("(")) {
      reader.skipToClosing();
    }
    if (reader.accept("with", "local") || reader.accept("with") || reader.accept("without")) {
      reader.expect("time", "zone");
    }
  }
}
