package dev.frazil.kernel;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A compiled LIKE pattern over UTF-8: {@code %} stands for any text, {@code _} for one code point.
 * The text between two {@code %} is looked for from left to right and never again, so that matching
 * takes at most length of text times length of pattern steps. Immutable.
 */
public final class LikeMatcher {
  /** Stands for {@code _} among the bytes of a segment. */
  private static final int ANY_ONE = -1;

  private final boolean ignoreCase;
  private final boolean anchoredStart;
  private final boolean anchoredEnd;
  private final List<int[]> segments;
  private final List<LiteralSearch> literals;

  private LikeMatcher(
      boolean ignoreCase, boolean anchoredStart, boolean anchoredEnd, List<int[]> segments) {
    this.ignoreCase = ignoreCase;
    this.anchoredStart = anchoredStart;
    this.anchoredEnd = anchoredEnd;
    this.segments = segments;
    this.literals = segments.stream().map(LiteralSearch::new).toList();
  }

  /**
   * Compiles a pattern.
   *
   * @param escape one character that makes the {@code %}, {@code _} or escape after it literal, or
   *     null; 22025 if it is longer, or ends the pattern, or stands before anything else
   */
  public static LikeMatcher compile(String pattern, @Nullable String escape, boolean ignoreCase) {
    if (escape != null && escape.codePointCount(0, escape.length()) != 1) {
      throw new EngineException(
          SqlState.INVALID_ESCAPE_SEQUENCE,
          "the ESCAPE of LIKE must be one character, not '" + escape + "'");
    }
    int escapeCode = escape == null ? -1 : escape.codePointAt(0);
    List<int[]> segments = new ArrayList<>();
    IntList segment = new IntList();
    boolean anchoredStart = true;
    boolean lastIsMany = false;
    int at = 0;
    while (at < pattern.length()) {
      int code = pattern.codePointAt(at);
      at += Character.charCount(code);
      lastIsMany = false;
      if (code == escapeCode) {
        int next = at < pattern.length() ? pattern.codePointAt(at) : -1;
        if (next != '%' && next != '_' && next != escapeCode) {
          throw new EngineException(
              SqlState.INVALID_ESCAPE_SEQUENCE,
              "in the LIKE pattern '"
                  + pattern
                  + "' the escape '"
                  + escape
                  + "' must stand before %, _ or itself");
        }
        at += Character.charCount(next);
        segment.addText(next, ignoreCase);
      } else if (code == '%') {
        lastIsMany = true;
        if (segment.length > 0) {
          segments.add(segment.toArray());
          segment = new IntList();
        } else if (segments.isEmpty()) {
          anchoredStart = false;
        }
      } else if (code == '_') {
        segment.add(ANY_ONE);
      } else {
        segment.addText(code, ignoreCase);
      }
    }
    if (segment.length > 0) {
      segments.add(segment.toArray());
    }
    return new LikeMatcher(ignoreCase, anchoredStart, !lastIsMany, List.copyOf(segments));
  }

  /** Whether {@code data[from..to)} matches. */
  public boolean matches(byte[] data, int from, int to) {
    if (ignoreCase) {
      byte[] folded = TextKernels.lower(data, from, to);
      return matchesFolded(folded, 0, folded.length);
    }
    return matchesFolded(data, from, to);
  }

  private boolean matchesFolded(byte[] data, int from, int to) {
    if (segments.isEmpty()) {
      // the empty pattern, or only %
      return !anchoredStart || from == to;
    }
    int at = from;
    int first = 0;
    int last = segments.size() - 1;
    if (anchoredStart) {
      at = matchAt(segments.get(0), data, from, to);
      if (at < 0) {
        return false;
      }
      first = 1;
      if (last == 0) {
        return !anchoredEnd || at == to;
      }
    }
    int searched = anchoredEnd ? last - 1 : last;
    for (int i = first; i <= searched; i++) {
      at = find(i, data, at, to);
      if (at < 0) {
        return false;
      }
    }
    return !anchoredEnd || endsWith(segments.get(last), data, at, to);
  }

  /** The end of the leftmost match in {@code data[from..to)}, or -1. */
  private int find(int index, byte[] data, int from, int to) {
    LiteralSearch literal = literals.get(index);
    if (literal.usable()) {
      return literal.find(data, from, to);
    }
    int[] segment = segments.get(index);
    int head = segment[0];
    for (int start = from; start < to; start++) {
      if (head == ANY_ONE ? isContinuation(data[start]) : (data[start] & 0xFF) != head) {
        continue;
      }
      int end = matchAt(segment, data, start, to);
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  /** The end of the match that starts at {@code from}, or -1. */
  private static int matchAt(int[] segment, byte[] data, int from, int to) {
    int at = from;
    for (int code : segment) {
      if (at >= to) {
        return -1;
      }
      if (code == ANY_ONE) {
        at++;
        while (at < to && isContinuation(data[at])) {
          at++;
        }
      } else if ((data[at] & 0xFF) == code) {
        at++;
      } else {
        return -1;
      }
    }
    return at;
  }

  /** Whether a match that starts at {@code from} or later ends at {@code to}. */
  private static boolean endsWith(int[] segment, byte[] data, int from, int to) {
    int at = to;
    for (int i = segment.length - 1; i >= 0; i--) {
      if (at <= from) {
        return false;
      }
      at--;
      if (segment[i] == ANY_ONE) {
        while (at > from && isContinuation(data[at])) {
          at--;
        }
      } else if ((data[at] & 0xFF) != segment[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isContinuation(byte value) {
    return (value & 0xC0) == 0x80;
  }

  /**
   * Looks for bytes from left to right, skipping as far as the byte under the end of the window
   * allows (R. N. Horspool, Practical Fast Searching in Strings, 1980).
   */
  private static final class LiteralSearch {
    private final byte[] wanted;
    private final boolean usable;
    private final int[] skips = new int[256];

    LiteralSearch(int[] segment) {
      wanted = new byte[segment.length];
      boolean literal = true;
      Arrays.fill(skips, segment.length);
      for (int i = 0; i < segment.length; i++) {
        literal &= segment[i] != ANY_ONE;
        wanted[i] = (byte) segment[i];
        if (i < segment.length - 1) {
          skips[wanted[i] & 0xFF] = segment.length - 1 - i;
        }
      }
      usable = literal;
    }

    /** Whether every code point is literal. */
    boolean usable() {
      return usable;
    }

    int find(byte[] data, int from, int to) {
      int length = wanted.length;
      byte last = wanted[length - 1];
      int end = from + length - 1;
      while (end < to) {
        byte found = data[end];
        if (found == last) {
          int start = end - length + 1;
          int i = 0;
          while (i < length - 1 && data[start + i] == wanted[i]) {
            i++;
          }
          if (i == length - 1) {
            return end + 1;
          }
        }
        end += skips[found & 0xFF];
      }
      return -1;
    }
  }

  /** A growing list of segment codes. */
  private static final class IntList {
    private int[] codes = new int[16];
    private int length;

    void add(int code) {
      if (length == codes.length) {
        codes = Arrays.copyOf(codes, length * 2);
      }
      codes[length++] = code;
    }

    void addText(int codePoint, boolean fold) {
      String text = Character.toString(codePoint);
      String folded = fold ? text.toLowerCase(Locale.ROOT) : text;
      for (byte value : folded.getBytes(StandardCharsets.UTF_8)) {
        add(value & 0xFF);
      }
    }

    int[] toArray() {
      return Arrays.copyOf(codes, length);
    }
  }
}
