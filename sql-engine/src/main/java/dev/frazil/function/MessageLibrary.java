package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;
import java.util.Locale;

/** Texts made by a pattern or of escapes, and checks of texts. */
final class MessageLibrary {
  private MessageLibrary() {}

  static void define(Definitions library) {
    if (library.has("format")) {
      library
          .function("varchar, text... -> varchar", MessageFormat::append)
          .is(
              "A pattern with its arguments: %s, %I (a name), %L (a literal) of PostgreSQL, with"
                  + " width, %n$ and -; numbers as %d, %x, %f, %e in the forms of Java; %% is a"
                  + " percent sign. A null is '', or NULL for %L.")
          .takesNulls()
          .example("format('Hello %s, %1$s', 'World')", "Hello World, World")
          .example(
              "format('INSERT INTO %I VALUES(%L)', 'locations', 'C:\\Program Files')",
              "INSERT INTO \"locations\" VALUES('C:\\Program Files')")
          .example("format('|%-10s|', 'foo')", "|foo       |")
          .example("format('%03d %.2f %,d', 8, 3.14159, 1234567)", "008 3.14 1,234,567");
    }
    if (library.has("quote_nullable")) {
      library
          .function(
              "text -> varchar",
              (in, out) ->
                  out.appendText(in.isNull(0) ? "NULL" : MessageFormat.literal(in.text(0))))
          .is("A text as a literal of SQL, the word NULL for null.")
          .takesNulls()
          .example("quote_nullable(42.5)", "'42.5'")
          .example("quote_nullable(NULL)", "NULL");
    }
    if (library.has("unistr")) {
      library
          .function("varchar -> varchar", MessageLibrary::unescape)
          .is("A text with escapes: \\\\XXXX, \\uXXXX, \\+XXXXXX, \\UXXXXXXXX by code points.")
          .example("unistr('d\\0061t\\+000061')", "data")
          .example("unistr('d\\u0061t\\U00000061')", "data");
    }
    if (library.has("strrpos")) {
      library
          .function(
              "varchar, varchar -> bigint",
              (in, out) -> {
                String text = in.text(0);
                int at = text.lastIndexOf(in.text(1));
                out.appendLong(at < 0 ? 0 : text.codePointCount(0, at) + 1L);
              })
          .is("Where a text stands in another for the last time, 0 if nowhere.")
          .example("strrpos('frazil ice', 'i')", "8");
    }
    if (library.has("casefold")) {
      library
          .function(
              "varchar -> varchar",
              (in, out) ->
                  out.appendText(in.text(0).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)))
          .is("A text without regard to case, to compare by.")
          .example("casefold('Straße')", "strasse");
    }
    if (library.has("luhn_check")) {
      library
          .function("varchar -> boolean", MessageLibrary::luhn)
          .is("Whether digits end with the check digit of Luhn's formula, as card numbers do.")
          .example("luhn_check('79927398713')", "true")
          .example("luhn_check('79927398714')", "false");
    }
  }

  private static void unescape(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    StringBuilder made = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char character = text.charAt(at);
      if (character != '\\') {
        made.append(character);
        at++;
        continue;
      }
      char kind = at + 1 < text.length() ? text.charAt(at + 1) : '\0';
      if (kind == '\\') {
        made.append('\\');
        at += 2;
        continue;
      }
      int start = kind == '+' || kind == 'u' || kind == 'U' ? at + 2 : at + 1;
      int digits = kind == '+' ? 6 : kind == 'U' ? 8 : 4;
      made.appendCodePoint(codePoint(text, start, digits));
      at = start + digits;
    }
    out.appendText(made.toString());
  }

  private static int codePoint(String text, int start, int digits) {
    String hexadecimal =
        start + digits <= text.length() ? text.substring(start, start + digits) : "";
    if (!hexadecimal.matches("[0-9a-fA-F]+")) {
      throw FunctionErrors.argument(
          "'" + FunctionErrors.shown(text) + "' has an escape without its hexadecimal digits");
    }
    long value = Long.parseLong(hexadecimal, 16);
    if (value == 0 || value > Character.MAX_CODE_POINT) {
      throw FunctionErrors.argument("there is no character \\" + hexadecimal);
    }
    return (int) value;
  }

  private static void luhn(Arguments in, VectorBuilder out) {
    String digits = in.text(0);
    if (!digits.matches("[0-9]+")) {
      throw FunctionErrors.argument(
          "luhn_check takes digits, not '" + FunctionErrors.shown(digits) + "'");
    }
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 1 ? 2 * digit : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    out.appendBoolean(sum % 10 == 0);
  }
}
