package dev.frazil.differential;

import dev.frazil.differential.Fragment.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes a failing case small: first the query, then the rows of its tables. */
final class Reduction {
  private static final int MOST_ATTEMPTS = 500;

  private final List<TableContents> tables;
  private final Verdict verdict;
  private final Supplier<Opponents> engines;
  private final Check check;
  private int attempts;

  /** What fails. */
  interface Check {
    Verdict verdict(Opponents opponents, Fragment statement);
  }

  Reduction(List<TableContents> tables, Verdict verdict, Supplier<Opponents> engines, Check check) {
    this.tables = tables;
    this.verdict = verdict;
    this.engines = engines;
    this.check = check;
  }

  /** The smallest case found, as a script for both engines. */
  String script(Fragment statement) {
    try (Opponents opponents = engines.get()) {
      opponents.create(tables);
      Fragment query = smallest(statement, opponents);
      List<TableContents> contents = new ArrayList<>();
      for (TableContents table : tables) {
        if (query.text(Dialect.FRAZIL).matches("(?s).*\\b" + table.name() + "\\b.*")) {
          contents.add(fewestRows(table, query, opponents));
        }
      }
      query = smallest(query, opponents);
      return "-- "
          + opponents.frazil().engine().config().values()
          + "\n-- at first: "
          + verdict.explanation()
          + "\n"
          + print(query, contents, check.verdict(opponents, query));
    }
  }

  private boolean stillFails(Fragment query, Opponents opponents) {
    attempts++;
    return check.verdict(opponents, query).matches(verdict);
  }

  private Fragment smallest(Fragment statement, Opponents opponents) {
    Fragment best = statement;
    while (attempts < MOST_ATTEMPTS) {
      int length = best.text(Dialect.FRAZIL).length();
      Optional<Fragment> next =
          best.smaller()
              .filter(candidate -> candidate.text(Dialect.FRAZIL).length() < length)
              .takeWhile(candidate -> attempts < MOST_ATTEMPTS)
              .filter(candidate -> stillFails(candidate, opponents))
              .findFirst();
      if (next.isEmpty()) {
        return best;
      }
      best = next.get();
    }
    return best;
  }

  private TableContents fewestRows(TableContents table, Fragment query, Opponents opponents) {
    opponents.replace(table.plain(Set.copyOf(table.keys())));
    // Otherwise files, partitions, deletes or older columns are part of the defect.
    Function<Set<String>, TableContents> variant =
        stillFails(query, opponents) ? table::plain : table::with;
    List<String> best = table.keys();
    int chunk = Math.max(1, best.size() / 2);
    while (chunk >= 1) {
      boolean dropped = false;
      for (int from = 0; from < best.size() && attempts < 2 * MOST_ATTEMPTS; ) {
        List<String> fewer = new ArrayList<>(best);
        fewer.subList(from, Math.min(from + chunk, fewer.size())).clear();
        opponents.replace(variant.apply(Set.copyOf(fewer)));
        if (stillFails(query, opponents)) {
          best = fewer;
          dropped = true;
        } else {
          from += chunk;
        }
      }
      chunk = chunk == 1 && !dropped ? 0 : Math.max(1, chunk / 2);
      if (chunk == 1 && dropped && best.size() > 40) {
        chunk = 0;
      }
    }
    TableContents fewest = variant.apply(Set.copyOf(best));
    opponents.replace(fewest);
    return fewest;
  }

  private static String print(Fragment query, List<TableContents> tables, Verdict verdict) {
    StringBuilder script = new StringBuilder("-- " + verdict.outcome() + "\n");
    script.append("-- ").append(verdict.explanation()).append('\n');
    for (TableContents table : tables) {
      List<String> ours = table.statements(Dialect.FRAZIL);
      List<String> theirs = table.statements(Dialect.DUCKDB);
      if (ours.equals(theirs)) {
        ours.forEach(statement -> script.append(statement).append(";\n"));
      } else {
        ours.forEach(sql -> script.append("-- frazil\n").append(sql).append(";\n"));
        theirs.forEach(sql -> script.append("-- duckdb\n").append(sql).append(";\n"));
      }
    }
    String ours = query.text(Dialect.FRAZIL).strip();
    String theirs = query.text(Dialect.DUCKDB).strip();
    if (ours.equals(theirs)) {
      return script.append(ours).append(";\n").toString();
    }
    return script.append("-- frazil\n" + ours + ";\n-- duckdb\n" + theirs + ";\n").toString();
  }
}
