package dev.frazil.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The 22 queries of TPC-H with the validation parameters of the specification (version 3, section
 * 2.4): the texts that the planner is tested with.
 */
final class TpchQueries {
  private static final int COUNT = 22;

  private TpchQueries() {}

  /** Texts by name, Q1 to Q22. */
  static Map<String, String> all() throws IOException {
    Map<String, String> queries = new LinkedHashMap<>();
    for (int number = 1; number <= COUNT; number++) {
      String path = String.format(Locale.ROOT, "/dev/frazil/plan/tpch/q%02d.sql", number);
      try (InputStream text = TpchQueries.class.getResourceAsStream(path)) {
        if (text == null) {
          throw new IOException(path + " is not on the class path");
        }
        String query = new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        queries.put("Q" + number, query.substring(0, query.length() - 1));
      }
    }
    return queries;
  }

  /** The named ones of {@link #all}, in their order; all for an empty list. */
  static Map<String, String> named(List<String> names) throws IOException {
    Map<String, String> queries = all();
    if (!names.isEmpty()) {
      queries.keySet().retainAll(names);
    }
    return queries;
  }
}
