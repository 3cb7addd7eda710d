package dev.frazil.function;

import dev.frazil.vector.VectorBuilder;
import java.text.Normalizer;
import java.util.Locale;

/** Works on single characters. */
final class TextCharacters {
  private TextCharacters() {}

  static void first(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    out.appendLong(text.isEmpty() ? 0 : text.codePointAt(0));
  }

  static void character(Arguments in, VectorBuilder out) {
    long code = in.integer(0);
    boolean valid =
        code > 0 && code <= Character.MAX_CODE_POINT && (code < 0xD800 || code > 0xDFFF);
    if (!valid) {
      throw FunctionErrors.argument(code + " is not the code point of a character");
    }
    out.appendText(Character.toString((int) code));
  }

  static void initcap(Arguments in, VectorBuilder out) {
    StringBuilder text = new StringBuilder();
    boolean inWord = false;
    for (int code : in.text(0).codePoints().toArray()) {
      text.appendCodePoint(inWord ? Character.toLowerCase(code) : Character.toUpperCase(code));
      inWord = Character.isLetterOrDigit(code);
    }
    out.appendText(text.toString());
  }

  static void translate(Arguments in, VectorBuilder out) {
    int[] from = in.text(1).codePoints().toArray();
    int[] to = in.text(2).codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int code : in.text(0).codePoints().toArray()) {
      int at = 0;
      while (at < from.length && from[at] != code) {
        at++;
      }
      if (at == from.length) {
        text.appendCodePoint(code);
      } else if (at < to.length) {
        text.appendCodePoint(to[at]);
      }
    }
    out.appendText(text.toString());
  }

  static void normalize(Arguments in, VectorBuilder out) {
    String form = in.count() > 1 ? in.text(1).toUpperCase(Locale.ROOT) : "NFC";
    Normalizer.Form wanted =
        switch (form) {
          case "NFC" -> Normalizer.Form.NFC;
          case "NFD" -> Normalizer.Form.NFD;
          case "NFKC" -> Normalizer.Form.NFKC;
          case "NFKD" -> Normalizer.Form.NFKD;
          default ->
              throw FunctionErrors.argument(
                  "'" + form + "' is not a normal form: NFC, NFD, NFKC or NFKD");
        };
    out.appendText(Normalizer.normalize(in.text(0), wanted));
  }
}
