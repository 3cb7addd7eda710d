package dev.frazil.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Queries of our own over the tables of TPC-DS, each with the features of the query whose number it
 * has; a letter tells the two variants that some have.
 */
public final class TpcdsQueries {
  private static final List<String> FILES =
      List.of("tpcds-queries.sql", "tpcds-queries-1.sql", "tpcds-queries-2.sql");

  private TpcdsQueries() {}

  /** Texts by name, D1 to D99. */
  public static Map<String, String> all() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String file : FILES) {
      String path = "/dev/frazil/engine/" + file;
      try (InputStream resource = TpcdsQueries.class.getResourceAsStream(path)) {
        if (resource == null) {
          throw new IOException(path + " is not on the class path");
        }
        text.append(new String(resource.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
      }
    }
    Map<String, String> queries = new TreeMap<>();
    Matcher parts =
        Pattern.compile("-- (D\\d+[ab]?)[^\n]*\n(.*?)(?=\n-- D|\\z)", Pattern.DOTALL).matcher(text);
    while (parts.find()) {
      if (queries.put(parts.group(1), parts.group(2).strip()) != null) {
        throw new IOException(parts.group(1) + " stands there twice");
      }
    }
    return queries;
  }
}
