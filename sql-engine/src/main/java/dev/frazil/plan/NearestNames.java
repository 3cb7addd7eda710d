package dev.frazil.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names that somebody who mistyped one may have meant. */
public final class NearestNames {
  private static final int MAX_SHOWN = 3;
  private static final int MAX_CANDIDATES = 2_000;

  private NearestNames() {}

  /** "; did you mean a or b?", or nothing. */
  public static String hint(String wanted, Collection<String> candidates) {
    List<String> near = nearest(wanted, candidates);
    return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
  }

  /** At most three candidates that differ in few letters, nearest first. */
  static List<String> nearest(String wanted, Collection<String> candidates) {
    String folded = wanted.toLowerCase(Locale.ROOT);
    int limit = Math.max(1, wanted.length() / 3);
    record Scored(String name, int distance) {}
    List<Scored> scored = new ArrayList<>();
    int seen = 0;
    for (String candidate : candidates) {
      if (++seen > MAX_CANDIDATES) {
        break;
      }
      String other = candidate.toLowerCase(Locale.ROOT);
      int distance = distance(folded, other);
      String last = other.substring(other.lastIndexOf('.') + 1);
      if (!last.equals(other)) {
        distance = Math.min(distance, distance(folded, last));
      }
      if (distance <= limit || (folded.length() >= 3 && last.startsWith(folded))) {
        scored.add(new Scored(candidate, distance));
      }
    }
    scored.sort(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name));
    return scored.stream().map(Scored::name).distinct().limit(MAX_SHOWN).toList();
  }

  /** Levenshtein's distance. */
  private static int distance(String left, String right) {
    if (Math.abs(left.length() - right.length()) > 8) {
      return Integer.MAX_VALUE;
    }
    int[] previous = new int[right.length() + 1];
    int[] current = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int substitution = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[right.length()];
  }
}
