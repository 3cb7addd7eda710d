package dev.frazil.function;

import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * How alike texts are, and what is in the text of a name, as PostgreSQL and its extensions have it.
 */
final class TextLikenessLibrary {
  private TextLikenessLibrary() {}

  static void define(Definitions library) {
    if (library.has("similarity")) {
      library
          .function("varchar, varchar -> real", TextLikenessLibrary::similarity)
          .is(
              "How many of their trigrams two texts share, from 0 to 1: of words in small letters,"
                  + " with two blanks before and one behind.")
          .example("similarity('word', 'two words')", "0.363636");
    }
    if (library.has("difference")) {
      library
          .function("varchar, varchar -> bigint", TextLikenessLibrary::difference)
          .is("How many of the four characters of their soundex codes two names share.")
          .example("difference('Anne', 'Andrew')", "2");
    }
    if (library.has("unicode_assigned")) {
      library
          .function(
              "varchar -> boolean",
              (in, out) ->
                  out.appendBoolean(in.text(0).codePoints().allMatch(Character::isDefined)))
          .is(
              "Whether all characters are assigned in Unicode, as far as the Java of the process knows.")
          .example("unicode_assigned('Straße')", "true");
    }
    if (library.has("parse_ident")) {
      library
          .function("varchar, boolean? -> array(varchar)", TextLikenessLibrary::identifier)
          .is(
              "The parts of a name with points, those without quotes in small letters. What stands"
                  + " behind it is 22023, unless the second argument is false.")
          .example("parse_ident('\"SomeSchema\".someTable')", "[SomeSchema, sometable]");
    }
  }

  private static void similarity(Arguments in, VectorBuilder out) {
    Set<String> left = trigrams(in.text(0));
    Set<String> right = trigrams(in.text(1));
    Set<String> all = new HashSet<>(left);
    all.addAll(right);
    int shared = left.size() + right.size() - all.size();
    out.appendFloat(all.isEmpty() ? 0 : (float) shared / all.size());
  }

  private static Set<String> trigrams(String text) {
    Set<String> trigrams = new HashSet<>();
    StringBuilder word = new StringBuilder();
    int[] characters = (text.toLowerCase(Locale.ROOT) + " ").codePoints().toArray();
    for (int character : characters) {
      if (Character.isLetterOrDigit(character)) {
        word.appendCodePoint(character);
      } else if (word.length() > 0) {
        int[] padded = ("  " + word + " ").codePoints().toArray();
        for (int i = 0; i + 3 <= padded.length; i++) {
          trigrams.add(new String(padded, i, 3));
        }
        word.setLength(0);
      }
    }
    return trigrams;
  }

  private static void difference(Arguments in, VectorBuilder out) {
    String left = TextSearch.soundex(in.text(0));
    String right = TextSearch.soundex(in.text(1));
    long same = 0;
    for (int i = 0; i < Math.min(left.length(), right.length()); i++) {
      same += left.charAt(i) == right.charAt(i) ? 1 : 0;
    }
    out.appendLong(same);
  }

  private static void identifier(Arguments in, VectorBuilder out) {
    String text = in.text(0);
    boolean isStrict = in.count() < 2 || in.bool(1);
    ListVectorBuilder parts = (ListVectorBuilder) out;
    int at = skipBlanks(text, 0);
    while (true) {
      StringBuilder part = new StringBuilder();
      int end = part(text, at, part);
      if (end == at) {
        throw FunctionErrors.argument("'" + FunctionErrors.shown(text) + "' is no name");
      }
      parts.elements().appendText(part.toString());
      at = skipBlanks(text, end);
      if (at >= text.length() || text.charAt(at) != '.') {
        break;
      }
      at = skipBlanks(text, at + 1);
    }
    if (at < text.length() && isStrict) {
      throw FunctionErrors.argument(
          "'" + FunctionErrors.shown(text) + "' has more than a name in it");
    }
    parts.endRow();
  }

  /** Reads a part; where it ends, or {@code from} if none begins there. */
  private static int part(String text, int from, StringBuilder part) {
    int at = from;
    if (at < text.length() && text.charAt(at) == '"') {
      for (at++; at < text.length(); at++) {
        if (text.charAt(at) != '"') {
          part.append(text.charAt(at));
        } else if (at + 1 < text.length() && text.charAt(at + 1) == '"') {
          part.append('"');
          at++;
        } else {
          return part.length() == 0 ? from : at + 1;
        }
      }
      return from;
    }
    while (at < text.length() && isNameCharacter(text.charAt(at), at > from)) {
      part.append(Character.toLowerCase(text.charAt(at++)));
    }
    return at;
  }

  private static boolean isNameCharacter(char character, boolean isInside) {
    return Character.isLetter(character)
        || character == '_'
        || (isInside && (Character.isDigit(character) || character == '$'))
        || Character.isSurrogate(character);
  }

  private static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
