package dev.frazil.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What clients did and saw: transactions over lists that are only ever appended to. From what is
 * read of a list, the order of its writers can be told (Kingsbury and Alvaro, "Elle", VLDB 2020).
 */
public final class History {
  private History() {}

  /** How a transaction ended. */
  public enum Outcome {
    OK,
    /** Certainly not applied. */
    FAIL,
    /** Nobody was told. */
    UNKNOWN,
    /** Reads of everything after all others. */
    FINAL
  }

  /** One step of a transaction, in its order. */
  public sealed interface Step {
    String key();

    /** Adds a value, never used elsewhere, to the list of a key. */
    record Append(String key, long value) implements Step {}

    /** The list of a key as it was seen; empty for a key without a list. */
    record Read(String key, List<Long> values) implements Step {
      public Read {
        values = List.copyOf(values);
      }
    }
  }

  /**
   * One transaction.
   *
   * @param process whoever ran it; its transactions stand in the order in which they ran
   */
  public record Run(int process, Outcome outcome, List<Step> steps) {
    public Run {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Reads a history written down by hand: a line a transaction, such as {@code ok x+1 y=2.3}: an
   * append, and a read of two values. {@code p7 ok ...} names a process; otherwise each is another.
   */
  public static List<Run> parse(String text) {
    List<Run> runs = new ArrayList<>();
    for (String line : text.strip().split("[|\n]", -1)) {
      String[] words = line.strip().split(" +", -1);
      int first = words[0].matches("p\\d+") ? 1 : 0;
      int process = first == 1 ? Integer.parseInt(words[0].substring(1)) : 1_000 + runs.size();
      Outcome outcome = Outcome.valueOf(words[first].toUpperCase(Locale.ROOT));
      List<Step> steps = new ArrayList<>();
      for (int i = first + 1; i < words.length; i++) {
        steps.add(step(words[i]));
      }
      runs.add(new Run(process, outcome, steps));
    }
    return runs;
  }

  private static Step step(String word) {
    int plus = word.indexOf('+');
    if (plus > 0) {
      return new Step.Append(word.substring(0, plus), Long.parseLong(word.substring(plus + 1)));
    }
    int equals = word.indexOf('=');
    List<Long> values = new ArrayList<>();
    for (String value : word.substring(equals + 1).split("\\.", -1)) {
      if (!value.isEmpty()) {
        values.add(Long.parseLong(value));
      }
    }
    return new Step.Read(word.substring(0, equals), values);
  }
}
