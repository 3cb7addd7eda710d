package dev.frazil.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the checks on drivers and prints what did not pass, then a table of all.
 *
 * <p>Arguments: {@code frazil}, {@code h2}, {@code duckdb}, {@code sqlite}, a URL {@code
 * jdbc:postgresql:...} of a database whose schema {@code public} may be emptied, a URL {@code
 * jdbc:trino:...} of an empty schema; {@code -q} prints the table only, {@code -only=text} runs the
 * checks whose title has the text.
 */
public final class Conformance {
  private Conformance() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    boolean quiet = false;
    String only = "";
    Map<String, List<Verdict>> all = new LinkedHashMap<>();
    for (String argument : arguments) {
      if (argument.equals("-q")) {
        quiet = true;
      } else if (argument.startsWith("-only=")) {
        only = argument.substring("-only=".length());
      }
    }
    List<Check> checks = new ArrayList<>();
    for (Check check : Suite.checks()) {
      if (check.title().contains(only)) {
        checks.add(check);
      }
    }
    for (String argument : arguments) {
      if (!argument.startsWith("-")) {
        Dialect dialect = dialect(argument);
        long begin = System.nanoTime();
        List<Verdict> verdicts = new Runner(dialect).run(checks);
        all.put(dialect.name(), verdicts);
        if (!quiet) {
          print(dialect.name(), verdicts);
        }
        System.out.printf(
            "%s: %d s%n", dialect.name(), (System.nanoTime() - begin) / 1_000_000_000);
      }
    }
    System.out.println(table(all));
    System.exit(0);
  }

  private static Dialect dialect(String name) throws java.io.IOException {
    if (name.startsWith("jdbc:postgresql:")) {
      return Dialect.postgreSql(name);
    }
    if (name.startsWith("jdbc:trino:")) {
      return Dialect.trino(name);
    }
    Path folder = Files.createTempDirectory("conformance");
    return switch (name) {
      case "frazil" -> Dialect.frazil(folder.toString());
      case "h2" -> Dialect.h2();
      case "duckdb" -> Dialect.duckDb(folder.toString());
      case "sqlite" -> Dialect.sqlite(folder.toString());
      default -> throw new IllegalArgumentException("no database " + name);
    };
  }

  private static void print(String name, List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      if (verdict.outcome() != Verdict.Outcome.PASSED) {
        System.out.println(
            name
                + " "
                + verdict.outcome()
                + " "
                + verdict.check().title()
                + ": "
                + verdict.detail());
      }
    }
  }

  private static String table(Map<String, List<Verdict>> all) {
    Map<String, Map<String, Map<Verdict.Outcome, Integer>>> counts = new LinkedHashMap<>();
    all.forEach(
        (name, verdicts) ->
            verdicts.forEach(
                verdict -> {
                  count(counts, verdict.check().group(), name, verdict.outcome());
                  count(counts, "all", name, verdict.outcome());
                }));
    Map<String, Map<Verdict.Outcome, Integer>> sum = counts.remove("all");
    counts.put("all", sum == null ? Map.of() : sum);
    StringBuilder table = new StringBuilder("| checks | number |");
    all.keySet().forEach(name -> table.append(' ').append(name).append(" |"));
    table.append("\n|---|---|").append("---|".repeat(all.size())).append('\n');
    counts.forEach(
        (group, names) -> {
          int total =
              names.values().stream()
                  .findFirst()
                  .map(each -> each.values().stream().mapToInt(Integer::intValue).sum())
                  .orElse(0);
          table.append("| ").append(group).append(" | ").append(total).append(" |");
          names.values().forEach(each -> table.append(' ').append(cell(each)).append(" |"));
          table.append('\n');
        });
    return table.toString();
  }

  private static void count(
      Map<String, Map<String, Map<Verdict.Outcome, Integer>>> counts,
      String group,
      String name,
      Verdict.Outcome outcome) {
    counts
        .computeIfAbsent(group, key -> new LinkedHashMap<>())
        .computeIfAbsent(name, key -> new EnumMap<>(Verdict.Outcome.class))
        .merge(outcome, 1, Integer::sum);
  }

  private static String cell(Map<Verdict.Outcome, Integer> counts) {
    return counts.getOrDefault(Verdict.Outcome.PASSED, 0)
        + " / "
        + counts.getOrDefault(Verdict.Outcome.FAILED, 0)
        + " / "
        + counts.getOrDefault(Verdict.Outcome.NOT_SUPPORTED, 0);
  }
}
