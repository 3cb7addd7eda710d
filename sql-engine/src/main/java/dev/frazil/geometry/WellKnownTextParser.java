package dev.frazil.geometry;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a geometry into its bytes (little-endian WKB of ISO). Words in any case; a
 * third number of a coordinate is its Z, unless M is said.
 */
public final class WellKnownTextParser {
  private static final int MAX_NESTING = 32;
  private static final int MAX_SHOWN = 60;

  private final String text;
  private int at;

  /** Whether Z and M are there; null as long as nothing says so. */
  private record Dimensions(boolean z, boolean m) {
    int count() {
      return 2 + (z ? 1 : 0) + (m ? 1 : 0);
    }

    int code() {
      return (z ? 1000 : 0) + (m ? 2000 : 0);
    }
  }

  private WellKnownTextParser(String text) {
    this.text = text;
  }

  /** The bytes; 22018 where the text is no geometry. */
  public static byte[] parse(String text) {
    WellKnownTextParser parser = new WellKnownTextParser(text);
    byte[] bytes = parser.geometry(0);
    parser.skip();
    if (parser.at < text.length()) {
      throw parser.expected("the end");
    }
    return bytes;
  }

  private byte[] geometry(int depth) {
    if (depth > MAX_NESTING) {
      throw new EngineException(
          SqlState.INVALID_CAST, "a geometry nests deeper than " + MAX_NESTING + " levels");
    }
    String word = word();
    GeometryKind kind = GeometryKind.ofTag(word);
    Dimensions given = null;
    if (kind == null) {
      // "POINTZ" is written too
      String suffix = word.endsWith("ZM") ? "ZM" : word.endsWith("Z") ? "Z" : "M";
      kind =
          word.endsWith(suffix)
              ? GeometryKind.ofTag(word.substring(0, word.length() - suffix.length()))
              : null;
      given = new Dimensions(suffix.startsWith("Z"), suffix.endsWith("M"));
    }
    if (kind == null) {
      at -= word.length();
      throw expected("POINT, LINESTRING, POLYGON, MULTI... or GEOMETRYCOLLECTION");
    }
    String next = peekWord();
    if (given == null && (next.equals("Z") || next.equals("M") || next.equals("ZM"))) {
      word();
      given = new Dimensions(next.startsWith("Z"), next.endsWith("M"));
      next = peekWord();
    }
    if (next.equals("EMPTY")) {
      word();
      return empty(kind, given == null ? new Dimensions(false, false) : given);
    }
    if (kind == GeometryKind.GEOMETRY_COLLECTION) {
      return collection(given, depth);
    }
    Dimensions dimensions = given == null ? dimensionsAhead() : given;
    return body(kind, dimensions);
  }

  /** The numbers of the first coordinate tell. */
  private Dimensions dimensionsAhead() {
    int from = at;
    while (at < text.length() && (text.charAt(at) == '(' || text.charAt(at) <= ' ')) {
      at++;
    }
    int numbers = 0;
    while (!peekWord().isEmpty() && numbers < 4 && !peekWord().equals("EMPTY")) {
      number();
      numbers++;
    }
    at = from;
    return new Dimensions(numbers > 2, numbers > 3);
  }

  private static byte[] empty(GeometryKind kind, Dimensions dimensions) {
    if (kind == GeometryKind.POINT) {
      ByteBuffer nowhere = ByteBuffer.allocate(8 * dimensions.count());
      nowhere.order(ByteOrder.LITTLE_ENDIAN);
      while (nowhere.hasRemaining()) {
        nowhere.putDouble(Double.NaN);
      }
      return withHeader(kind, dimensions, nowhere.array());
    }
    return withHeader(kind, dimensions, new byte[Integer.BYTES]);
  }

  private byte[] collection(@Nullable Dimensions given, int depth) {
    List<byte[]> parts = new ArrayList<>();
    symbol('(');
    do {
      parts.add(geometry(depth + 1));
    } while (accept(','));
    symbol(')');
    ByteBuffer first = ByteBuffer.wrap(parts.get(0)).order(ByteOrder.LITTLE_ENDIAN);
    int group = first.getInt(1) / 1000;
    Dimensions dimensions =
        given == null ? new Dimensions(group == 1 || group == 3, group >= 2) : given;
    byte[] all = withHeader(GeometryKind.GEOMETRY_COLLECTION, dimensions, counted(parts));
    WellKnownBytes.check(all, 0, all.length); // that all parts have the same dimensions
    return all;
  }

  private byte[] body(GeometryKind kind, Dimensions dimensions) {
    return switch (kind) {
      case POINT -> {
        symbol('(');
        byte[] coordinate = coordinate(dimensions);
        symbol(')');
        yield withHeader(kind, dimensions, coordinate);
      }
      case LINE_STRING -> withHeader(kind, dimensions, coordinates(dimensions));
      case POLYGON -> {
        List<byte[]> rings = new ArrayList<>();
        symbol('(');
        do {
          rings.add(peekWord().equals("EMPTY") ? none() : coordinates(dimensions));
        } while (accept(','));
        symbol(')');
        yield withHeader(kind, dimensions, counted(rings));
      }
      case MULTI_POINT, MULTI_LINE_STRING, MULTI_POLYGON -> {
        GeometryKind part =
            switch (kind) {
              case MULTI_POINT -> GeometryKind.POINT;
              case MULTI_LINE_STRING -> GeometryKind.LINE_STRING;
              default -> GeometryKind.POLYGON;
            };
        List<byte[]> parts = new ArrayList<>();
        symbol('(');
        do {
          parts.add(part(part, dimensions));
        } while (accept(','));
        symbol(')');
        yield withHeader(kind, dimensions, counted(parts));
      }
      case GEOMETRY_COLLECTION -> throw expected("the parts of a collection");
    };
  }

  private byte[] part(GeometryKind kind, Dimensions dimensions) {
    if (peekWord().equals("EMPTY")) {
      word();
      return empty(kind, dimensions);
    }
    skip();
    boolean isBare = kind == GeometryKind.POINT && at < text.length() && text.charAt(at) != '(';
    return isBare ? withHeader(kind, dimensions, coordinate(dimensions)) : body(kind, dimensions);
  }

  private byte[] none() {
    word();
    return new byte[Integer.BYTES];
  }

  private byte[] coordinates(Dimensions dimensions) {
    List<byte[]> all = new ArrayList<>();
    symbol('(');
    do {
      all.add(coordinate(dimensions));
    } while (accept(','));
    symbol(')');
    return counted(all);
  }

  private byte[] coordinate(Dimensions dimensions) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * dimensions.count()).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putDouble(number());
    }
    return bytes.array();
  }

  private static byte[] counted(List<byte[]> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(parts.size())
            .array());
    parts.forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static byte[] withHeader(GeometryKind kind, Dimensions dimensions, byte[] body) {
    return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 1)
        .putInt(kind.code() + dimensions.code())
        .put(body)
        .array();
  }

  private double number() {
    String word = word();
    try {
      double value = Double.parseDouble(word);
      char last = word.charAt(word.length() - 1);
      if (Double.isFinite(value) && (Character.isDigit(last) || last == '.')) {
        return value;
      }
    } catch (NumberFormatException notOne) {
      // told below, as are NaN, infinity and 1d
    }
    at -= word.length();
    throw expected("a number");
  }

  /** What stands up to a blank, comma or parenthesis, in upper case; read. */
  private String word() {
    String word = peekWord();
    at += word.length();
    return word;
  }

  private String peekWord() {
    skip();
    int end = at;
    while (end < text.length() && text.charAt(end) > ' ' && "(),".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    return text.substring(at, end).toUpperCase(Locale.ROOT);
  }

  private void skip() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }

  private boolean accept(char symbol) {
    skip();
    boolean isThere = at < text.length() && text.charAt(at) == symbol;
    at += isThere ? 1 : 0;
    return isThere;
  }

  private void symbol(char symbol) {
    if (!accept(symbol)) {
      throw expected("\"" + symbol + "\"");
    }
  }

  private EngineException expected(String what) {
    String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    return new EngineException(
        SqlState.INVALID_CAST,
        "'" + shown + "' is not a geometry: " + what + " expected at character " + (at + 1));
  }
}
