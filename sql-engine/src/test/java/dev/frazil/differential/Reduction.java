package dev.frazil.differential;

import dev.frazil.differential.Fragment.Dialect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a failing case small: first the query, then the rows of its tables. */
final class Reduction {
  private static final int MOST_ATTEMPTS = 500;

  private final List<TableContents> tables;
  private final Verdict verdict;
  private final Path folder;
  private final Check check;
  private int attempts;

  /** What fails. */
  interface Check {
    Verdict verdict(Opponents opponents, Fragment statement);
  }

  Reduction(List<TableContents> tables, Verdict verdict, Path folder, Check check) {
    this.tables = tables;
    this.verdict = verdict;
    this.folder = folder;
    this.check = check;
  }

  /** The smallest case found, as a script for both engines. */
  String script(Fragment statement) {
    try (Opponents opponents = new Opponents(folder)) {
      opponents.create(tables);
      Fragment query = smallest(statement, opponents);
      List<TableContents> contents = new ArrayList<>();
      for (TableContents table : tables) {
        if (query.text(Dialect.FRAZIL).matches("(?s).*\\b" + table.name() + "\\b.*")) {
          contents.add(fewestRows(table, query, opponents));
        }
      }
      query = smallest(query, opponents);
      return print(query, contents, check.verdict(opponents, query));
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
    TableContents best = table.plain(table.rows());
    opponents.replace(best);
    if (!stillFails(query, opponents)) {
      // Files, partitions or deletes are part of the defect.
      opponents.replace(table);
      return table;
    }
    int chunk = Math.max(1, best.rows().size() / 2);
    while (chunk >= 1) {
      boolean dropped = false;
      for (int from = 0; from < best.rows().size() && attempts < 2 * MOST_ATTEMPTS; ) {
        List<List<Fragment>> fewer = new ArrayList<>(best.rows());
        fewer.subList(from, Math.min(from + chunk, fewer.size())).clear();
        TableContents candidate = table.plain(fewer);
        opponents.replace(candidate);
        if (stillFails(query, opponents)) {
          best = candidate;
          dropped = true;
        } else {
          from += chunk;
        }
      }
      chunk = chunk == 1 && !dropped ? 0 : Math.max(1, chunk / 2);
      if (chunk == 1 && dropped && best.rows().size() > 40) {
        chunk = 0;
      }
    }
    opponents.replace(best);
    return best;
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
