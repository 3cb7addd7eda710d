package dev.frazil.function;

import java.util.ArrayList;
import java.util.List;

/** Reads one overload of {@link Signature#parse}. */
final class SignatureParser {
  private final String text;
  private int at;

  SignatureParser(String text) {
    this.text = text;
  }

  Signature signature() {
    List<TypePattern> parameters = new ArrayList<>();
    int required = 0;
    boolean repeats = false;
    while (!text.startsWith("->", at)) {
      parameters.add(type());
      if (text.startsWith("...", at)) {
        at += 3;
        repeats = true;
      } else if (text.startsWith("?", at)) {
        at++;
      } else {
        required = parameters.size();
      }
      skip();
    }
    at += 2;
    skip();
    TypePattern result = type();
    if (at != text.length()) {
      throw new IllegalStateException("not a signature: " + text);
    }
    return Signature.of(parameters, required, repeats, result);
  }

  private static boolean isOfName(char character) {
    return Character.isLetter(character) || character == '_';
  }

  private TypePattern type() {
    int from = at;
    while (at < text.length() && isOfName(text.charAt(at))) {
      at++;
    }
    String name = text.substring(from, at);
    if (name.isEmpty()) {
      throw new IllegalStateException("not a signature: " + text);
    }
    List<TypePattern> parameters = new ArrayList<>();
    if (at < text.length() && text.charAt(at) == '(') {
      while (text.charAt(at) != ')') {
        at++;
        skip();
        parameters.add(type());
      }
      at++;
    }
    return new TypePattern(name, parameters);
  }

  private void skip() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ',')) {
      at++;
    }
  }
}
